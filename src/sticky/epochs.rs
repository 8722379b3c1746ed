//! The epochs of the database that a window has been through: a stamp counts within its own.

/// The present one, and those that are over.
#[derive(Clone, Debug, Default)]
pub struct Epochs {
    current: String,
    left: Vec<String>,
}

impl Epochs {
    /// The present one; empty if no server has named one yet.
    pub fn current(&self) -> &str {
        &self.current
    }

    /// Whether `epoch` is named, and not the present one.
    pub fn is_other(&self, epoch: &str) -> bool {
        !epoch.is_empty() && epoch != self.current
    }

    /// Whether this window was in it and no longer is.
    pub fn is_left(&self, epoch: &str) -> bool {
        self.left.iter().any(|left| left == epoch)
    }

    /// It is the present one from now on.
    pub fn enter(&mut self, epoch: &str) {
        if self.is_other(epoch) {
            self.left.retain(|left| left != epoch);
            let over = std::mem::replace(&mut self.current, epoch.to_owned());
            if !over.is_empty() {
                self.left.push(over);
            }
        }
    }
}
