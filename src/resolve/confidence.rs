//! Confidence: how often mentions decided by such a margin are right, in percent.
//!
//! The table is measured, not thought out: `examples/calibration.rs` prints what stands in it against annotated texts.

/// Margin (ten is one in the log odds) and the percentage of such mentions that are right; between rows, linear.
const MEASURED: [(i32, i32); 8] =
    [(0, 25), (5, 38), (10, 52), (20, 69), (30, 82), (40, 90), (60, 94), (100, 96)];

/// The percentage for a margin.
pub(super) fn confidence(margin: i32) -> u8 {
    let margin = margin.clamp(MEASURED[0].0, MEASURED[MEASURED.len() - 1].0);
    let percent = MEASURED.windows(2).find(|pair| margin <= pair[1].0).map_or(MEASURED[0].1, |pair| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        low + (high - low) * (margin - from) / (to - from)
    });
    u8::try_from(percent).unwrap_or(50)
}

#[cfg(test)]
mod tests {
    use super::confidence;

    #[test]
    fn a_greater_margin_is_never_less_sure() {
        let all: Vec<u8> = (-20..200).map(confidence).collect();
        assert!(all.is_sorted());
        assert_eq!((all[0], all[219]), (25, 96));
    }

    #[test]
    fn between_measured_margins_it_is_linear() {
        assert_eq!([confidence(10), confidence(15), confidence(20)], [52, 60, 69]);
    }
}
