//! A chart's vertical scale: which amounts it spans, and where its lines are.

/// The upper end of the drawing, in pixels.
const TOP: f64 = 10.0;
/// The lower end of the drawing, in pixels; the names of the months are below it.
pub const BOTTOM: f64 = 210.0;

/// The amounts that the drawing spans, and the lines across it.
pub struct Scale {
    step: i128,
    from: i128,
    to: i128,
}

impl Scale {
    /// A scale that includes zero and `values`, with three to six lines at round amounts.
    pub fn of(values: impl Iterator<Item = i128>) -> Self {
        let (low, high) = values.fold((0, 0), |(low, high), value| (value.min(low), value.max(high)));
        let wanted = ((high - low) / 5).max(100);
        let step = (2..)
            .flat_map(|power| [1, 2, 5].map(|digit| digit * 10i128.pow(power)))
            .find(|step| *step >= wanted)
            .unwrap_or(wanted);
        let (from, to) = (low.div_euclid(step) * step, -(-high).div_euclid(step) * step);
        Self {
            step,
            from,
            to: if from == to { step } else { to },
        }
    }

    /// How far down `value` lies, in pixels.
    pub fn y(&self, value: i128) -> f64 {
        TOP + (self.to - value) as f64 / (self.to - self.from) as f64 * (BOTTOM - TOP)
    }

    /// The amounts of the lines, from the bottom up.
    pub fn lines(&self) -> impl Iterator<Item = i128> + use<> {
        let (from, step) = (self.from, self.step);
        (0..=(self.to - from) / step).map(move |place| from + place * step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_span_zero_and_all_amounts() {
        for (low, high, lines) in [(0, 0, 2), (0, 1_000_000, 6), (-3_000, 11_000, 5), (-700, 0, 5)] {
            let scale = Scale::of([low, high].into_iter());
            assert!(scale.from <= low && scale.to >= high && scale.lines().any(|line| line == 0));
            assert_eq!(scale.lines().count(), lines, "{low} {high}");
        }
    }
}
