/** Where one part lies, px from the top. */
export interface Band {
  readonly top: number
  readonly height: number
}

/** Where every part lies. */
export interface LabLayout {
  readonly marks: Band
  readonly wave: Band
  readonly spectrum: Band
  readonly probability: Band
  readonly ruler: Band
  /** Of the whole picture. */
  readonly height: number
}

const wideLayout = layout({ wave: 96, spectrum: 128, probability: 104 })
/** Low enough that a phone shows the sliders below it. */
const narrowLayout = layout({ wave: 56, spectrum: 64, probability: 68 })

/** The layout of a picture of a width, px. */
export function layoutOf(width: number): LabLayout {
  return width < 640 ? narrowLayout : wideLayout
}

function layout(heights: Readonly<Record<'wave' | 'spectrum' | 'probability', number>>): LabLayout {
  const marks = { top: 0, height: 34 }
  const wave = { top: marks.height + 2, height: heights.wave }
  const spectrum = { top: wave.top + wave.height + 5, height: heights.spectrum }
  const probability = { top: spectrum.top + spectrum.height + 5, height: heights.probability }
  const ruler = { top: probability.top + probability.height + 2, height: 20 }
  return { marks, wave, spectrum, probability, ruler, height: ruler.top + ruler.height }
}
