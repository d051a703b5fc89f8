//! Names to addresses, refusing what leads inside: the address that was checked is the one connected to.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard;

/// How names are resolved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names {
    /// Whether private addresses may be connected to.
    pub allow_private: bool,
    /// One address for every name: the folder that stands for the web, or a test.
    pub all_at: Option<SocketAddr>,
    /// An address that counts as outside although it lies inside: a test's server.
    pub outside: Option<SocketAddr>,
}

/// Why a name was not resolved.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum NameError {
    /// It leads where a crawl must not go.
    #[error("{0}")]
    Barred(String),
    /// It has no address.
    #[error("{0}")]
    Unknown(String),
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let names = *self;
        Box::pin(async move {
            let found = names.addresses_of(name.as_str()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

impl Names {
    async fn addresses_of(self, name: &str) -> Result<Vec<SocketAddr>, NameError> {
        let found: Vec<SocketAddr> = match self.all_at {
            Some(address) => vec![address],
            None => tokio::net::lookup_host((name, 0))
                .await
                .map_err(|error| NameError::Unknown(format!("“{name}” is not found ({error})")))?
                .collect(),
        };
        // One private address among public ones is a trap, not an alternative.
        let barred = found
            .iter()
            .filter(|address| Some(**address) != self.outside)
            .find_map(|address| guard::refusal_of(address.ip()));
        match barred.filter(|_| !self.allow_private) {
            Some(why) => Err(NameError::Barred(format!("“{name}” leads inside: {why}"))),
            None if found.is_empty() => Err(NameError::Unknown(format!("“{name}” has no address"))),
            None => Ok(found),
        }
    }
}
