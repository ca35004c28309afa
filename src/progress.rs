//! The progress bar on a terminal, of the binary alone: documents, speed, time left. Draws nothing elsewhere.

use std::time::Duration;

use gazet::batch::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicU64, Ordering};

/// A bar on standard error.
pub(crate) struct Bar {
    bar: ProgressBar,
    documents: AtomicU64,
}

impl Bar {
    /// A bar that is not drawn yet.
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        let template = "{bar:30} {percent}%  {msg} documents  {bytes_per_sec}  {eta} left";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Self { bar, documents: AtomicU64::new(0) }
    }
}

impl Progress for Bar {
    fn start(&self, bytes: u64) {
        self.bar.set_length(bytes);
        self.bar.enable_steady_tick(Duration::from_millis(250));
    }

    fn advance(&self, bytes: u64) {
        let documents = self.documents.fetch_add(1, Ordering::Relaxed) + 1;
        // Words for every document would cost more than many a document.
        if documents % 64 == 1 {
            self.bar.set_message(documents.to_string());
        }
        self.bar.inc(bytes);
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
