/** Every text of the console that is more than a label, and every error in words that say what to do next. */
import { LarimarError } from "larimar-client";
import { lasting, moment, waiting } from "./format.js";

export const T = {
  insecure: {
    title: "This page is not safe to use here",
    text: "It was not loaded over an encrypted connection, so your browser does not let it encrypt. Open it by an address that begins with https://, or ask whoever runs this server for that address.",
  },
  unlock: {
    title: "Unlock your wallet",
    lead: "Your password never leaves this device. The server keeps only what it cannot read.",
    remember: "Remember my e-mail address and the number of answers on this device",
    rememberHint: "The password is never remembered. An encrypted copy of the wallet is kept on this device in any case, for times without the server.",
    none: "No wallet for this combination of e-mail address, password and answers.",
    noneWhy: "The server cannot tell which of them is wrong, since it knows none of them. One of these is the reason:",
    noneReasons: [
      "There is a slip in the e-mail address, the password or an answer. Show the password, and look at it letter by letter.",
      "The number of security answers is another, or their order is.",
      "The wallet is on another server, or was never created.",
    ],
    /** @param {string} since */
    moved: (since) => `This password was replaced by a new one on ${moment(since)}. Unlock with the new one. If it was not you who changed it, somebody knows your old password: ask the operator of the server for help, and use your backup file.`,
    /** @param {string} since */
    deleted: (since) => `This wallet was deleted on ${moment(since)}. If you have a backup file, create a wallet with the same e-mail address, password and answers, then import it under Backup.`,
    offlineNone: "The server cannot be reached, and this device remembers no wallet for this combination. Check the network, then try again.",
    working: "Working out your key. This takes a moment on purpose: it makes guessing slow.",
    asking: "Asking the server.",
    canceled: "Cancelled. Nothing was sent.",
    canceledLate: "Cancelled. The server had been asked for the wallet already, which it notes as an access; nothing was opened.",
  },
  create: {
    title: "Create a wallet",
    backupHint: "Do you have a backup file? Create a wallet with the same e-mail address, password and answers as when you made the file. Then import it under Backup.",
    emailLead: "A code is sent to your address, once, so that one person has one wallet. Afterwards the server keeps no readable copy of the address.",
    codeLead: (/** @type {string} */ email) => `A message with a code is on its way to ${email}. It can take some minutes. Look into the spam folder too.`,
    codeForm: "The code has four groups of four letters and digits, such as 7K3M-Q2WX-9FHT-B4ZC.",
    codeOver: "The code is no longer valid. Have a new one sent.",
    passwordLead: "The password is the only key to your wallet. Choose one that you use nowhere else, or have one made.",
    answersLead: "You can add answers to questions that only you can answer. Each of them is then needed every time, in this order. The questions themselves are stored nowhere.",
    warnTitle: "Nobody can reset this password",
    warning: [
      "Nobody has a copy of your password or your answers: not the server, not whoever runs it.",
      "If you forget one of them, what is in the wallet is lost. No e-mail and no support can bring it back.",
      "Write them down on paper, and keep the paper where you keep other valuables.",
    ],
    understood: "I understand that nobody can reset my password or my answers",
    wrongCode: "The code was not accepted. Compare it with the newest message letter by letter, or have a new one sent. A code works once, and only for a while.",
    canceledLate: "Cancelled, but the server had been asked already. The wallet may exist already: try to unlock it.",
    inUse: "This address already has a wallet here. If it is yours and you know its password, unlock it. If you have forgotten the password, you can begin a new, empty one:",
    replace: "Give my address to a new, empty wallet. The old one stays stored, and opens only with its old password",
    exists: "There is already a wallet with exactly this e-mail address, password and answers. Unlock it.",
    backupTitle: "Your wallet is ready",
    backupLead: "Keep a backup file. It is encrypted with your password, so it is safe anywhere that your password is not. With it you can bring the wallet back if this server is ever lost.",
    backupEmpty: "The wallet is still empty. Make a new backup file under Backup when you have filled it.",
  },
  entries: {
    emptyTitle: "Nothing here yet",
    empty: "Add a first entry: a password, a key, a number that must not get lost. Everything is encrypted on this device before it is stored.",
    noMatch: "No entry has this in its name or note. Change or clear the search.",
    copied: (/** @type {string} */ name) => `Copied the secret of “${name}”. In 30 seconds, or when you come back to this page, the clipboard is emptied.`,
    copyFailed: "The browser did not allow copying. Show the secret, and copy it by hand.",
    overtaken: (/** @type {string} */ fields) => `Meanwhile another device changed the ${fields} of this entry. What you typed is still here. If you save it, it takes the place of the other device’s.`,
    dropped: "Meanwhile this entry was deleted elsewhere. What you typed is still here: add it as a new entry, or cancel.",
    undone: (/** @type {string} */ what) => `Undone: ${what[0]?.toLowerCase()}${what.slice(1)}`,
  },
  states: {
    saved: { label: "Saved", text: "Everything is stored on the server." },
    saving: { label: "Saving", text: "Your changes are on their way to the server." },
    unsaved: { label: "Not saved", text: "Your changes are kept on this device, encrypted, until they are stored on the server." },
    offline: {
      label: "Offline",
      text: "The server cannot be reached. You can go on: changes are kept on this device, encrypted, and stored when the connection is back.",
      why: "The server cannot be reached.",
    },
    few: {
      label: "Too few servers",
      text: "Not enough of your servers can be reached. You can go on: changes are kept on this device, encrypted, and stored when more of them are back.",
      why: "Not enough of your servers took it.",
    },
    conflict: { label: "Conflict", text: "This device and another one changed the same thing. Compare both, and choose. Nothing is lost." },
    problem: { label: "Server problem", text: "What the server sent was not used. See the notice at the top." },
    fleeting: "This device could not keep your changes: they are lost when this page is closed. Do not close it before it says “Saved”. To let it keep them, free some space, or leave private browsing.",
    forgetful: "The server cannot be reached, and this device can keep nothing: changes are lost when this page is closed before they are stored. Leave the page open until the connection is back.",
  },
  problems: {
    /** @type {Record<string, (server: string) => { title: string, text: string, repair: string | null }>} */
    byCode: {
      Tampered: (server) => ({
        title: `${server} sent a damaged wallet`,
        text: "What it has was not written with your password: it was changed or damaged. You see what this device remembers, which is genuine. Make a backup file, then put your copy back on the server, and tell its operator.",
        repair: "Put my copy back on the server",
      }),
      RolledBack: (server) => ({
        title: `${server} went back to an older state`,
        text: "This device has seen a newer state of your wallet than the server has now. Perhaps it was restored from an old copy. You see the newer state. Put it back on the server, and tell its operator.",
        repair: "Put the newer state back on the server",
      }),
      NotSealed: (server) => ({
        title: `${server} has something else in place of your wallet`,
        text: "What it has was not written by this program. You see what this device remembers. If no other program of yours uses this wallet, put your copy back on the server.",
        repair: "Put my copy back on the server",
      }),
      WrongAnswer: (server) => ({
        title: `${server} gave an answer that does not fit`,
        text: "Nothing of that answer was used, and you see what this device remembers. Ask again. If it happens again, make a backup file and tell the operator of the server.",
        repair: null,
      }),
      ChangeUnderWay: () => ({
        title: "The password is being changed",
        text: "Not every server has done it. You see what this device remembers. Lock, then unlock with the new password, which finishes the change. If that does not open it, another device may have saved something with this one: change the password back there, from the new one to this one.",
        repair: null,
      }),
      WalletNotFound: (server) => ({
        title: `${server} no longer has this wallet`,
        text: "It does not say why: perhaps it lost its data, or was restored from an old copy. You see what this device remembers. Make a backup file, and tell the operator of the server. If the wallet does not come back, create it anew with the same e-mail address, password and answers, then import the file.",
        repair: null,
      }),
    },
    remembered: "You see what this device remembers.",
    unlockOnly: "This device has no copy of its own. Import your backup file on another server, or ask the operator of this one.",
  },
  conflict: {
    title: "Two devices changed the same entry",
    lead: "Choose for each entry what to keep. Until you save your choice, nothing is overwritten, and you can download both sides.",
    merged: "Another device had changed something too. Both changes are kept.",
    whole: "One side is not a list of entries, so it cannot be compared entry by entry. Download both, then choose one.",
    done: "The conflict is solved, and your choice is stored.",
    kept: "The conflict is solved. Your choice is kept on this device, and stored when the server can.",
    changed: "Something changed meanwhile, and nothing was overwritten. You see the newest state of both sides: choose once more.",
  },
  foreign: {
    title: "This wallet holds something else",
    text: "Another program wrote it, and this page cannot show it. It is untouched. You can download it as it is.",
    start: "If you no longer need it, you can put an empty list of entries in its place. It stays available under Older versions for a while.",
  },
  gone: {
    moved: {
      title: "The password was changed elsewhere",
      password: "the old password",
      text: "Another device or window changed the password of this wallet. Lock, then unlock with the new password. If it was not you, somebody knows your old password: download what this device still holds, and ask the operator of the server for help.",
    },
    deleted: {
      title: "The wallet was deleted elsewhere",
      password: "the password of this wallet",
      text: "The server no longer has this wallet. If it was not you, download what this device still holds, or a backup file, before you lock.",
    },
    lost: {
      title: "The server no longer has this wallet",
      password: "the password of this wallet",
      text: "It does not say why: perhaps it lost its data, or was restored from an old copy. Download a backup file now, and tell the operator of the server. If the wallet does not come back, create it anew with the same e-mail address, password and answers, then import the file.",
    },
  },
  accesses: {
    lead: "The server notes every request for your wallet. Look here for addresses and times that are not yours.",
    none: "There was no access before this one.",
    offline: "The server cannot be reached, so this list cannot be shown. Try again when you are online.",
    notMe: "If something here was not you, somebody may know your password. Change it now: the old one then opens nothing on the server any more.",
    limits: "The server keeps the newest 100 requests, of one address at most 10. On busy days there were more than shown.",
    chart: "Listed requests of the last 30 days",
    chartLimits: "These are the requests that the server still lists, the newest 100 and at most 10 of one address, and of every address the first and the last. There may have been more.",
  },
  versions: {
    lead: "The server keeps some of the states that were replaced, encrypted like the current one. A password change removes them.",
    none: "There is no older version. One is kept each time the wallet is saved.",
    same: "This version has the same entries as now.",
    restored: "The older version is current again. The state before it is now among the older versions.",
    kept: "The older version is current again on this device, and is stored on the server later.",
  },
  password: {
    lead: "The wallet is encrypted anew, and older versions are removed. The old password and the old answers then open nothing on the server any more. Copies on other devices and old backup files still open with them.",
    unknown: "The server did not answer in time, so the password may be changed already, or not. Check the network, then try again with the same new password and answers: doing it twice does no harm.",
    answers: "The answers are chosen anew as well. Without any, the password alone opens the wallet.",
    done: "The password is changed. Use it from now on, on all devices. Older backup files open with the old password only: make a new one, and delete those that somebody else could get.",
    /** @param {string} away */
    doneButFor: (away) => `Not yet on ${away}: the old password still opens what it has. It is told as soon as this device looks at it again.`,
    backupFirst: "You have changes that are not stored. They are stored first.",
  },
  backup: {
    lead: "A backup file has your wallet as the server has it: encrypted. It opens only with the e-mail address, password and answers of today.",
    importLead: "The file is opened here with your current password, and compared with what the wallet holds. Nothing is replaced before you say so.",
    notBackup: "This file is no Larimar backup. Choose the file that ends in .larimar.json.",
    otherKeys: "This backup was made under another password, other answers or another e-mail address, so it cannot be opened here. Change the password to the one of that time, or create a wallet with it, then import the file.",
    damaged: "This backup file is damaged and cannot be opened. Use another copy of it.",
    tooNew: "The backup is of the same entries as now. There is nothing to restore.",
    done: "The backup is restored and stored on the server.",
    kept: "The backup is restored on this device, and is stored on the server later.",
    unsaved: "Your newest changes are not on the server yet, and would not be in the file. Save them first.",
  },
  remove: {
    lead: "The wallet and all its older versions are removed from the server, and from this device. Nobody can bring them back without a backup file.",
    confirm: "Type your e-mail address to confirm",
    mismatch: "This is not the address of this wallet. Type it as you do to unlock.",
    done: (/** @type {string} */ server) => `The wallet was deleted from ${server} and from this device.`,
    /** @param {string} away */
    doneButFor: (away) => `The wallet was deleted from this device and from your servers, but for ${away}: unlock once more with the same password when it is back, and it is deleted there, too.`,
  },
  servers: {
    choice: "The wallet is kept on each of those that you tick. With three, any one may fail, or lie, and nothing is lost. Tick the same ones on all your devices.",
    alone: "Your wallet is on one server. If it is lost, or its operator withholds it, only this device and your backup files have it. With three servers, any one of them may be lost.",
    /** @param {number} count @param {number} quorum */
    lead: (count, quorum) => `Your wallet is on ${count} servers, and ${quorum} of them have to confirm each change. None of them is believed: what opens with your password and is newest counts, and who is behind is brought up to it.`,
    /** @param {number} holders @param {number} count */
    have: (holders, count) => `${holders} of ${count} servers ${holders === 1 ? "has" : "have"} what you see.`,
    rolledBack: "The servers went back in time. This device had the newer state, and put it back on them. Ask their operators what happened.",
    uncertain: "Too few servers answered to be certain that there is nothing newer.",
    more: "Whoever runs this server offers these as well. Each sends a code of its own to your address.",
    attention: "One of your servers needs a look.",
    gone: "It can be brought in later, under Servers.",
    /** @param {string} servers */
    unsent: (servers) => `No code was sent by ${servers}. You can go on without: the wallet is brought there later, under Servers.`,
    codesLead: (/** @type {string} */ email) => `Each server sends a code of its own to ${email}. It can take some minutes. Leave the field of one that does not come empty: the wallet can be brought there later.`,
  },
  lock: {
    byHand: "The wallet is locked.",
    byTimer: "The wallet locked itself, since it was not used for a while.",
    asks: "Lock now?",
    fleeting: "Changes that are not stored yet would be lost, since this device could not keep them.",
    typed: "An entry that you have begun to type would be lost. Save the entry first, or lock without it.",
    soon: "The wallet locks in 30 seconds. Press any key, or touch the page, to keep it open.",
  },
  strength: {
    loading: "Checking how hard this is to guess.",
    unavailable: "How hard this is to guess cannot be checked while offline. Use the button that makes a password.",
    short: "At least 8 characters.",
    differs: "The two passwords differ. Type the same one twice.",
    weak: "Choose a password that is harder to guess, or have one made.",
    /** @param {number} seconds */
    time: (seconds) => (seconds < 60 ? "It would be guessed in less than a minute" : `Guessing it would take ${lasting(seconds)}`),
    why: "for somebody who stole the server’s data and rents five fast graphics cards",
  },
  errors: {
    notTaken: "Your last change could not be taken. Try it again. If it stays so, load the page again.",
    offline: "The server cannot be reached. Check the network, then try again.",
    unknown: "Something went wrong. Try again. If it stays so, load the page again.",
  },
};

/** @type {Partial<Record<import("larimar-client").LarimarError["code"], (error: LarimarError) => string>>} */
const WORDS = {
  Transport: () => T.errors.offline,
  Timeout: () => "The server did not answer in time. Try again: doing it twice does no harm.",
  HttpStatus: ({ status }) => (status !== undefined && status >= 500 ? "The server is overloaded or being repaired. Try again in a minute." : "There is no wallet server at this address. Check the address of this page."),
  Unreadable: () => "The answer of the server could not be read. Load the page again. If it stays so, tell the operator.",
  WrongAnswer: ({ server }) => `${server ?? "The server"} gave an answer that does not fit the question. Nothing of it was used. Try again, and tell its operator.`,
  Tampered: ({ server }) => `What ${server ?? "the server"} has for you was changed or damaged, and was not used. ${T.problems.unlockOnly}`,
  RolledBack: ({ server }) => `${server ?? "The server"} went back to an older state. Tell its operator.`,
  NotSealed: ({ server }) => `What ${server ?? "the server"} has for you was written by another program, and cannot be shown here. Use the program that wrote it.`,
  ServerNameNotListed: ({ server }) => `The server does not know itself by the name ${server ?? "of this page"}, so it would refuse. Open this page by another of its addresses, or tell the operator to add this one.`,
  InvalidText: ({ message }) => message,
  Unsupported: ({ message }) => message,
  Unsaved: () => "There are changes that are not stored yet. Save them, then try again.",
  Locked: () => "The wallet is locked. Unlock it with your password.",
  InvalidEmail: ({ data: { registration } }) =>
    registration === "closed"
      ? "This server gives no new wallets. Ask whoever runs it."
      : registration === "domains"
        ? "This server gives wallets to certain addresses only, such as those of one company. Use such an address, or ask whoever runs it."
        : "The server cannot send to this address. Check it for slips.",
  NoQuorum: () => "Too few of your servers have what you changed, so nothing was sent. It is tried again when more of them are back.",
  Unknown: () => "Too few of your servers confirmed it. It may come about, and it is said again when more of them are back.",
  NoAnswer: () => "None of your servers gave the wallet. Check the network, then try again.",
  ChangeUnderWay: () => "The password is being changed, and not every server has done it. Unlock with the new password, which finishes the change.",
  InvalidCode: () => T.create.wrongCode,
  WalletNotFound: ({ server }) => `${server ?? "The server"} has no wallet for this e-mail address, password and answers. Try again, and make a backup file.`,
  VersionNotFound: () => "The server no longer has this version. Load the list again.",
  Conflict: () => "Another device stored something meanwhile. Look at what the wallet holds now, then try again.",
  Stale: () => "The wallet was changed meanwhile. Try again.",
  WalletExists: () => T.create.exists,
  EmailInUse: () => T.create.inUse,
  KeyUnchanged: () => "This is the password you have now. Choose another.",
  KeyRetired: () => "This combination was used before and cannot be used again. Choose another password.",
  DataTooLarge: () => "The wallet is full. Delete entries, or shorten long notes, then save again.",
  RateLimited: ({ retryAfter }) => `There were too many requests from your network. Try again ${retryAfter ? `in ${waiting(retryAfter)}` : "later"}.`,
  MailFailed: () => "The message could not be sent. Check the address, and try again in a few minutes.",
  StoreUnavailable: () => "The server cannot store anything at the moment. Nothing was changed. Try again in a few minutes.",
  Internal: () => "The server has a fault. Nothing of yours is lost. Try again in a few minutes, and tell its operator.",
};

/**
 * An error in words.
 * @param {unknown} error
 * @returns {string}
 */
export function explain(error) {
  if (!LarimarError.is(error)) return T.errors.unknown;
  return WORDS[error.code]?.(error) ?? error.message;
}

/** @type {Record<string, string>} */
const METHODS = {
  createWallet: "Created",
  fetchWallet: "Opened",
  saveWallet: "Saved",
  changePassword: "Password changed",
  deleteWallet: "Deleted",
  listVersions: "Older versions listed",
  fetchVersion: "Older version opened",
  subscribeWallet: "Followed changes",
};

/** @param {string} name */
export const methodWords = (name) => METHODS[name] ?? name;

/** @param {string} outcome */
export const outcomeWords = (outcome) => (outcome === "ok" ? "done" : outcome === "not_modified" ? "nothing new" : `refused (${outcome})`);
