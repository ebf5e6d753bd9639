//! `larimar pin keyphrase` and `larimar pin qr`.

use std::io::{Cursor, IsTerminal};

use clap::{Args, ValueEnum};
use qrcode::render::{svg, unicode};
use qrcode::{EcLevel, QrCode};
use zeroize::Zeroizing;

use super::credential::{KeyphraseArgs, Written};
use crate::client::cli::failure::Failure;
use crate::client::cli::output;
use crate::client::cli::session::Session;
use crate::client::{Client, MasterKey, WalletUrl};

/// Says what a keyphrase is: its encoded form, its URL, and of which wallet it is
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: the keyphrase, a URL with it, or its 40 hex digits, asked for without echo. No server, but --server or a wallet on this device gives the URL its host.\n\n\
    It prints the keyphrase: see to it that nobody looks on.\n\n\
    Example:\n  larimar pin keyphrase --server https://wallet.example.org"
)]
pub(super) struct ReadKeyphrase {
    #[command(flatten)]
    keyphrase: KeyphraseArgs,
}

impl ReadKeyphrase {
    pub(super) fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let written = self.keyphrase.typed(session)?;
        let access_key = MasterKey::from(&written.keyphrase).access_key();
        let hex = Zeroizing::new(hex::encode(written.keyphrase.expose()));
        let text = Zeroizing::new(written.keyphrase.to_string());
        let url = host(session, &written)?.map(|host| {
            let keyphrase = written.keyphrase.clone();
            Zeroizing::new(WalletUrl { host, keyphrase }.to_string())
        });
        let here = session.pins()?.find().ok().flatten();
        let is_here = here.is_some_and(|wallet| *wallet.access_key() == access_key);
        if session.json {
            return output::json(&serde_json::json!({
                "keyphrase": &*text,
                "hex": &*hex,
                "url": url.as_ref().map(|url| url.as_str()),
                "access_key": &*access_key.hex(),
                "on_this_device": is_here,
            }));
        }
        let mut shown = Zeroizing::new(String::with_capacity(512));
        shown.extend(["keyphrase ", text.as_str(), "\n"]);
        if let Some(url) = &url {
            shown.extend(["url ", url.as_str(), "\n"]);
        }
        shown.extend(["hex ", hex.as_str(), "\n"]);
        shown.extend(["access_key ", access_key.hex().as_str(), "\n"]);
        output::data(shown.as_bytes())?;
        session.say(match is_here {
            true => "It is the keyphrase of the wallet on this device.",
            false => "It is not that of a wallet on this device.",
        });
        Ok(())
    }
}

/// The host of the wallet's server, if one is known.
fn host(session: &Session, written: &Written) -> Result<Option<String>, Failure> {
    if let (None, Some(host)) = (session.named_server(), &written.host) {
        return Ok(Some(host.clone()));
    }
    let here = session.pins()?.find().ok().flatten();
    let of_this_wallet = here
        .filter(|wallet| *wallet.access_key() == MasterKey::from(&written.keyphrase).access_key());
    let url = session
        .named_server()
        .or_else(|| of_this_wallet.as_ref()?.server())
        .or_else(|| session.any_server());
    let client = url.map(Client::connect).transpose()?;
    Ok(client.map(|client| client.server_name().to_owned()))
}

/// Draws the QR code of the wallet's URL, for a camera or for paper
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: the keyphrase, or a URL with it, asked for without echo; the server's name, from the URL, --server, a wallet on this device or a profile.\n\n\
    An image goes to standard output only: this program writes no keyphrase to a disk. Send it to a printer rather than to a file.\n\n\
    Examples:\n  larimar pin qr\n  larimar pin qr --format png | lp"
)]
pub(super) struct Qr {
    /// In which form
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    #[command(flatten)]
    keyphrase: KeyphraseArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Characters, for the screen
    Terminal,
    /// An image of lines
    Svg,
    /// An image of dots
    Png,
}

impl Qr {
    pub(super) fn run(&self, session: &mut Session) -> Result<(), Failure> {
        if self.format == Format::Png && std::io::stdout().is_terminal() {
            return Err(Failure::usage("a terminal cannot show PNG")
                .hint("larimar pin qr, or larimar pin qr --format png | lp"));
        }
        let written = self.keyphrase.typed(session)?;
        let host = host(session, &written)?.ok_or_else(|| {
            Failure::usage("on which server is the wallet?").hint("use --server URL")
        })?;
        let keyphrase = written.keyphrase;
        let url = Zeroizing::new(WalletUrl { host, keyphrase }.to_string());
        match self.format {
            Format::Terminal => output::data(terminal_qr(&url)?.as_bytes()),
            Format::Svg => {
                let mut image = code(&url)?
                    .render::<svg::Color<'_>>()
                    .min_dimensions(400, 400)
                    .build();
                image.push('\n');
                output::data(Zeroizing::new(image).as_bytes())
            }
            Format::Png => {
                let dots = code(&url)?
                    .render::<image::Luma<u8>>()
                    .min_dimensions(400, 400)
                    .build();
                let mut png = Cursor::new(Vec::with_capacity(16 << 10));
                dots.write_to(&mut png, image::ImageFormat::Png)
                    .map_err(|error| Failure::other(error.to_string()))?;
                output::data(&Zeroizing::new(png.into_inner()))
            }
        }
    }
}

fn code(url: &str) -> Result<QrCode, Failure> {
    QrCode::with_error_correction_level(url, EcLevel::M)
        .map_err(|error| Failure::other(format!("no QR code can be made of it: {error}")))
}

/// In characters, light on dark, as most terminals are; cameras read it on light ones too.
pub(super) fn terminal_qr(url: &str) -> Result<Zeroizing<String>, Failure> {
    let code = code(url)?;
    let mut drawn = code.render::<unicode::Dense1x2>();
    let drawn = drawn
        .dark_color(unicode::Dense1x2::Light)
        .light_color(unicode::Dense1x2::Dark);
    let mut text = drawn.build();
    text.push('\n');
    Ok(Zeroizing::new(text))
}
