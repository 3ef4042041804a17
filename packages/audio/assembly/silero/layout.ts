/** Where everything lies in the memory, in bytes. One instance holds one model; streams bring their state along. */

/** What a stream remembers: 128 hidden values, 128 cell values, and the 64 samples at the start of `INPUT`. */
export const STATE: usize = 1024
/** 64 samples of the frame before, the frame of 512, and 64 mirrored ones that `forward` fills in. */
export const INPUT: usize = STATE + 256 * 4
/** Window of a spectrum. */
export const WINDOW: usize = INPUT + 640 * 4
/** cos and sin of -2 pi k / 256 for k = 0 to 127, in pairs. */
export const TWIDDLES: usize = WINDOW + 256 * 4
/** Bit-reversed numbers of 7 bits, one a byte, times 32: the place of a complex vector. */
export const REVERSED: usize = TWIDDLES + 256 * 4

/** Spectra in the making: 128 complex vectors, whose lanes are the four windows. */
export const COMPLEX: usize = REVERSED + 128 * 2
/** Magnitudes of 129 bins, lanes as above. */
export const MAGNITUDES: usize = COMPLEX + 128 * 32
/** First layer: 4 times 128 values. */
export const FIRST: usize = MAGNITUDES + 129 * 16
/** Second layer: 2 times 64 values. */
export const SECOND: usize = FIRST + 4 * 128 * 4
/** Third layer: 64 values. */
export const THIRD: usize = SECOND + 2 * 64 * 4
/** Fourth layer, 128 values, and the hidden values of the frame before behind it. */
export const RECURRENT_INPUT: usize = THIRD + 64 * 4

/** Blocks of 4 outputs: for each of 129 inputs three taps of 4 weights. */
export const FIRST_WEIGHTS: usize = RECURRENT_INPUT + 256 * 4
export const FIRST_BIAS: usize = FIRST_WEIGHTS + 128 * 129 * 3 * 4
/** Blocks of 16 outputs: for each of 128 inputs three taps of 16 weights. */
export const SECOND_WEIGHTS: usize = FIRST_BIAS + 128 * 4
export const SECOND_BIAS: usize = SECOND_WEIGHTS + 64 * 128 * 3 * 4
/** Blocks of 32 outputs: for each of 2 times 64 inputs 32 weights. */
export const THIRD_WEIGHTS: usize = SECOND_BIAS + 64 * 4
export const THIRD_BIAS: usize = THIRD_WEIGHTS + 64 * 128 * 4
/** Blocks of 32 outputs: for each of 64 inputs 32 weights. */
export const FOURTH_WEIGHTS: usize = THIRD_BIAS + 64 * 4
export const FOURTH_BIAS: usize = FOURTH_WEIGHTS + 128 * 64 * 4
/** Blocks of 8 units: for each of 256 inputs 8 weights of the input, forget, cell and output gate. */
export const RECURRENT_WEIGHTS: usize = FOURTH_BIAS + 128 * 4
/** Blocks of 8 units: 8 values a gate. */
export const RECURRENT_BIAS: usize = RECURRENT_WEIGHTS + 512 * 256 * 4
export const OUTPUT_WEIGHTS: usize = RECURRENT_BIAS + 512 * 4
export const OUTPUT_BIAS: usize = OUTPUT_WEIGHTS + 128 * 4
export const END: usize = OUTPUT_BIAS + 16
