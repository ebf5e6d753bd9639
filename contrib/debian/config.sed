# What config.toml says otherwise in the package: the system's folders in place of those beside the file.
s|^# Every setting is here with its default: a server without any configuration does what this file says\.$|# Every setting is here with its default, but for the four marked (package): the folders of this system.|
s|^# Take out what you do not change, so that a later version can bring a better default\.$|# Take out what you do not change, so that a later version can bring a better default; but leave the four: without them the server looks for its\n# wallets, its secret, mails and log beside this file, and does not find them.|
s|^secret_file = "larimar.secret"$|secret_file = "/var/lib/larimar/larimar.secret" # (package) leave this line|
s|^path = "data"$|path = "/var/lib/larimar/data" # (package) leave this line|
s|^directory = "mail"$|directory = "/var/lib/larimar/mail" # (package) leave this line|
s|^path = "logs/access.log"$|path = "/var/log/larimar/access.log" # (package) leave this line|
