/** What an exchange tells a caller. */
export type CallProgress = 'dial' | 'ringback' | 'busy' | 'congestion'

/** Whose tones: the United States, Germany and most of Europe, the United Kingdom. */
export type ToneRegion = 'us' | 'eu' | 'uk'

/** One tone of one region. */
export interface CallProgressPattern {
  readonly tone: CallProgress
  readonly region: ToneRegion
  /** In Hz, all at once. */
  readonly frequencies: readonly number[]
  /** Times in ms: sound, pause, sound, and so on; none for a continuous one. */
  readonly cadence: readonly number[]
}

/** Tones of ITU-T E.180 supplement 2, with the US ones of ANSI T1.401 and the UK ones of SIN 350. */
export const callProgressPatterns: readonly CallProgressPattern[] = [
  { tone: 'dial', region: 'us', frequencies: [350, 440], cadence: [] },
  { tone: 'ringback', region: 'us', frequencies: [440, 480], cadence: [2000, 4000] },
  { tone: 'busy', region: 'us', frequencies: [480, 620], cadence: [500, 500] },
  { tone: 'congestion', region: 'us', frequencies: [480, 620], cadence: [250, 250] },
  { tone: 'dial', region: 'eu', frequencies: [425], cadence: [] },
  { tone: 'ringback', region: 'eu', frequencies: [425], cadence: [1000, 4000] },
  { tone: 'busy', region: 'eu', frequencies: [425], cadence: [480, 480] },
  { tone: 'congestion', region: 'eu', frequencies: [425], cadence: [240, 240] },
  { tone: 'dial', region: 'uk', frequencies: [350, 450], cadence: [] },
  { tone: 'ringback', region: 'uk', frequencies: [400, 450], cadence: [400, 200, 400, 2000] },
  { tone: 'busy', region: 'uk', frequencies: [400], cadence: [375, 375] },
  { tone: 'congestion', region: 'uk', frequencies: [400], cadence: [400, 350, 225, 525] },
]
