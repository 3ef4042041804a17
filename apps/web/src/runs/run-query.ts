import type { RunSummary } from './run-summary.ts'

/** Orders of the list. */
export const runSorts = ['newest', 'oldest', 'title', 'fastest', 'largest'] as const

/** What a run can be asked to be like. */
export const runStatuses = ['completed', 'stopped', 'failed', 'imported', 'silent'] as const

/** Periods before now, in days. */
export const runPeriods = ['1', '7', '30', '365'] as const

/** Runs on a page of the list. */
export const runsPerPage = 50

/** Stands for live runs where a scenario is asked for; no scenario may be called so. */
export const liveScenario = ':live'

/** What the list shows, as the address has it; empty texts ask for nothing. */
export interface RunQuery {
  readonly text: string
  /** Name of a scenario or `liveScenario`. */
  readonly scenario: string
  readonly backend: string
  readonly lane: string
  readonly status: (typeof runStatuses)[number] | ''
  readonly since: (typeof runPeriods)[number] | ''
  readonly sort: (typeof runSorts)[number]
  /** From 1. */
  readonly page: number
}

/** All runs, newest first. */
export const plainRunQuery: RunQuery = {
  text: '',
  scenario: '',
  backend: '',
  lane: '',
  status: '',
  since: '',
  sort: 'newest',
  page: 1,
}

/** The query in an address such as `q=kassel&backend=local&sort=fastest`. */
export function readRunQuery(search: URLSearchParams): RunQuery {
  const page = Number(search.get('page'))
  return {
    text: search.get('q') ?? '',
    scenario: search.get('scenario') ?? '',
    backend: search.get('backend') ?? '',
    lane: search.get('lane') ?? '',
    status: runStatuses.find((status) => status === search.get('status')) ?? '',
    since: runPeriods.find((period) => period === search.get('since')) ?? '',
    sort: runSorts.find((sort) => sort === search.get('sort')) ?? 'newest',
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
  }
}

/** The address that shows the same again; what is not asked for is not in it. */
export function writeRunQuery(query: RunQuery): URLSearchParams {
  const { text, sort, page, ...rest } = query
  const search = new URLSearchParams()
  const put = (name: string, value: string): void => {
    if (value !== '') search.set(name, value)
  }
  put('q', text)
  for (const [name, value] of Object.entries(rest)) put(name, value)
  put('sort', sort === 'newest' ? '' : sort)
  put('page', page === 1 ? '' : String(page))
  return search
}

/** The runs that are as asked, in the order asked for; every word of the text must be found somewhere. */
export function selectRuns(runs: readonly RunSummary[], query: RunQuery, now: number): readonly RunSummary[] {
  const words = query.text.toLowerCase().split(/\s+/)
  const oldest = query.since === '' ? 0 : now - Number(query.since) * 86_400_000
  return runs
    .filter(
      (run) =>
        run.createdAt >= oldest &&
        (query.scenario === '' || (run.scenario ?? liveScenario) === query.scenario) &&
        (query.backend === '' || run.lanes.some(({ backend }) => backend === query.backend)) &&
        (query.lane === '' || run.lanes.some(({ label }) => label === query.lane)) &&
        hasStatus(run, query.status) &&
        words.every((word) => textOf(run).includes(word)),
    )
    .toSorted(orders[query.sort])
}

function textOf({ title, scenario = '', lanes }: RunSummary): string {
  const ofLanes = lanes.flatMap(({ label, backend, model }) => [label, backend, model])
  return [title, scenario, ...ofLanes].join(' ').toLowerCase()
}

function hasStatus(run: RunSummary, status: RunQuery['status']): boolean {
  switch (status) {
    case '':
      return true
    case 'completed':
      return run.status === 'completed' && run.failed === 0
    case 'stopped':
      return run.status !== 'completed'
    case 'failed':
      return run.failed > 0
    case 'imported':
      return run.origin === 'imported'
    case 'silent':
      return run.soundBytes === 0
  }
}

const newestFirst = (a: RunSummary, b: RunSummary): number => b.createdAt - a.createdAt

const orders: Readonly<Record<RunQuery['sort'], (a: RunSummary, b: RunSummary) => number>> = {
  newest: newestFirst,
  oldest: (a, b) => a.createdAt - b.createdAt,
  title: (a, b) => a.title.localeCompare(b.title) || newestFirst(a, b),
  fastest: (a, b) => fastestOf(a) - fastestOf(b) || newestFirst(a, b),
  largest: (a, b) => b.soundBytes - a.soundBytes || newestFirst(a, b),
}

/** Runs in which nothing was heard come last. */
function fastestOf({ lanes }: RunSummary): number {
  return Math.min(Number.MAX_VALUE, ...lanes.flatMap(({ firstAudioMs }) => firstAudioMs ?? []))
}
