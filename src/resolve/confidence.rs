//! Confidence: how often mentions decided by such a margin are right, in percent.
//!
//! The table is measured, not thought out: `examples/calibration.rs` prints what stands in it against annotated texts.

/// Margin (ten is one in the log odds) and the percentage of such mentions that are right; between rows, linear.
const MEASURED: [(i32, i32); 9] =
    [(-30, 35), (0, 46), (5, 53), (10, 65), (20, 82), (30, 90), (40, 94), (60, 97), (100, 98)];

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
        let all: Vec<u8> = (-60..200).map(confidence).collect();
        assert!(all.is_sorted());
        assert_eq!((all[0], all[259]), (35, 98));
    }

    #[test]
    fn between_measured_margins_it_is_linear() {
        assert_eq!([confidence(10), confidence(15), confidence(20)], [65, 73, 82]);
    }
}
