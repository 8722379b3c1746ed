//! What figures are compared with is a setting: the period before, the same days a year before, or nothing.
