import { observe, passesOf, summarise, type Comparison } from '@parley/compare'

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
  /** True when passes failed and none came to its end; some kept summaries do not say it. */
  readonly isFailed?: boolean
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
      const { counted, failed } = passesOf(comparison, label)
      return {
        label,
        backend,
        model,
        firstAudioMs: waits?.median,
        firstAudioCount: waits?.count ?? 0,
        isFailed: failed > 0 && counted === 0,
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

/** A kept summary as a list may show it: where every pass failed, no lane has a wait. */
export function readSummary(kept: RunSummary): RunSummary {
  if (kept.passes === 0 || kept.failed < kept.passes) return kept
  return {
    ...kept,
    lanes: kept.lanes.map((lane) => ({
      ...lane,
      firstAudioMs: undefined,
      firstAudioCount: 0,
      isFailed: true,
    })),
  }
}
