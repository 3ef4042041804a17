import { observe, summarise, type Comparison } from '@parley/compare'

/** Where a run came from: measured by this browser, or read from a file, perhaps of another machine. */
export type RunOrigin = 'measured' | 'imported'

/** A lane as a list shows it. */
export interface LaneSummary {
  readonly label: string
  readonly backend: string
  readonly model: string
  /** Median of the wait for the first sound, ms; `undefined` where nothing was answered aloud. */
  readonly firstAudioMs: number | undefined
  /** How many waits that median is of. */
  readonly firstAudioCount: number
}

/** What a list shows of a kept comparison, without its sound. */
export interface RunSummary {
  readonly id: string
  readonly title: string
  /** Unix ms. */
  readonly createdAt: number
  /** Name of the scenario; `undefined` for a live capture. */
  readonly scenario: string | undefined
  readonly lanes: readonly LaneSummary[]
  readonly repeats: number
  readonly order: Comparison['order']
  readonly status: Comparison['status']
  /** How many passes failed, and how many there are. */
  readonly failed: number
  readonly passes: number
  /** Longest lane, ms. */
  readonly durationMs: number
  /** What its sound takes in this browser; 0 when it has none or it was dropped. */
  readonly soundBytes: number
  readonly origin: RunOrigin
}

/** What a list shows of a comparison. */
export function summaryOf(
  comparison: Comparison,
  kept: { readonly soundBytes: number; readonly origin: RunOrigin },
): RunSummary {
  const { id, title, createdAt, scenario, lanes, repeats, order, status, runs } = comparison
  return {
    id,
    title,
    createdAt,
    scenario: scenario?.name,
    lanes: lanes.map(({ label, backend, model }) => {
      const waits = summarise(observe(comparison, label, 'first_audio'))
      return {
        label,
        backend,
        model,
        firstAudioMs: waits?.median,
        firstAudioCount: waits?.count ?? 0,
      }
    }),
    repeats,
    order,
    status,
    failed: runs.filter(({ outcome }) => outcome === 'failed').length,
    passes: runs.length,
    durationMs: Math.max(0, ...runs.map(({ durationMs }) => durationMs)),
    ...kept,
  }
}
