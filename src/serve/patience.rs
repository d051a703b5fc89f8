//! Connections that are waited for only so long: who sends a request byte by byte does not hold a place.
//!
//! What holds: a request has come whole, and its answer has begun, within a time of its first byte, and a
//! connection says something within another; otherwise it is closed. Answers being written are not hurried here.

use std::future::Future;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep};

/// How long connections are waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waits {
    /// From the first byte of a request to the first of its answer.
    pub request: Duration,
    /// Between two requests, and before the first.
    pub idle: Duration,
}

/// Longer than an answer may take to make, so that who asked properly is told.
pub(super) const WAITS: Waits =
    Waits { request: Duration::from_secs(20), idle: Duration::from_secs(60) };

/// A listener whose connections are not waited for without end.
pub(super) struct Patient {
    pub listener: TcpListener,
    pub waits: Waits,
}

/// Who is at the other end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, Patient>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Patient>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Listener for Patient {
    type Io = Timed;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Timed, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        let until = Box::pin(sleep(self.waits.idle));
        (Timed { stream, waits: self.waits, asking: false, until }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection with a moment up to which something has to come.
pub(super) struct Timed {
    stream: TcpStream,
    waits: Waits,
    /// Whether part of a request has come that is not answered yet.
    asking: bool,
    until: Pin<Box<Sleep>>,
}

impl Timed {
    fn wait(&mut self, asking: bool) {
        self.asking = asking;
        let time = if asking { self.waits.request } else { self.waits.idle };
        self.until.as_mut().reset(Instant::now() + time);
    }
}

impl AsyncRead for Timed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Ready(result) => {
                if buffer.filled().len() > before && !self.asking {
                    self.wait(true);
                }
                Poll::Ready(result)
            }
            Poll::Pending => {
                let slow = || io::Error::new(ErrorKind::TimedOut, "the request did not come");
                self.until.as_mut().poll(context).map(|()| Err(slow()))
            }
        }
    }
}

impl AsyncWrite for Timed {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        // An answer is on its way: the next request may take its time.
        self.wait(false);
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.wait(false);
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::time::Instant;

    use super::*;

    /// What a server says to these bytes, sent one by one, before it closes the connection.
    fn told(sent: &[u8], waits: Waits) -> io::Result<(String, Duration)> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = listener.local_addr()?;
        let app = axum::Router::new().route("/", axum::routing::get(|| async { "front" }));
        let make = app.into_make_service_with_connect_info::<Peer>();
        runtime.spawn(axum::serve(Patient { listener, waits }, make).into_future());
        let mut stream = std::net::TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let began = Instant::now();
        for byte in sent.chunks(1) {
            stream.write_all(byte)?;
        }
        let mut answer = Vec::new();
        // A connection that is reset was closed too.
        let _ = stream.read_to_end(&mut answer);
        Ok((String::from_utf8_lossy(&answer).into_owned(), began.elapsed()))
    }

    #[test]
    fn a_request_that_does_not_end_is_not_waited_for() -> io::Result<()> {
        let waits = Waits { request: Duration::from_millis(100), idle: Duration::from_secs(20) };
        let (answer, time) = told(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", waits)?;
        assert!(!answer.contains("200 OK") && time < Duration::from_secs(10), "{answer} {time:?}");
        Ok(())
    }

    #[test]
    fn a_connection_without_a_request_is_closed() -> io::Result<()> {
        let waits = Waits { request: Duration::from_secs(20), idle: Duration::from_millis(100) };
        let (answer, time) = told(b"", waits)?;
        assert!(answer.is_empty() && time < Duration::from_secs(10), "{answer} {time:?}");
        // Kept open after an answer, it is closed in the same way.
        let (answer, time) = told(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", waits)?;
        assert!(answer.ends_with("front") && time < Duration::from_secs(10), "{answer} {time:?}");
        Ok(())
    }
}
