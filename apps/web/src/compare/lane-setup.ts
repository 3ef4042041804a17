import { formatLane, parseLane, type Lane } from '@parley/compare'

/** A lane as a person sets it up; empty texts leave a thing to the backend. */
export interface LaneSetup {
  /** Empty for a name made from what is set. */
  readonly name: string
  readonly backend: string
  readonly model: string
  readonly voice: string
  readonly turns: '' | 'server_vad' | 'semantic_vad'
  readonly silenceMs: string
  readonly eagerness: string
  readonly speed: string
  readonly instructions: string
}

/** Fewest and most lanes of a comparison. */
export const laneLimits = { fewest: 2, most: 4 } as const

/** A lane of a backend as it comes. */
export function plainLane(backend: string): LaneSetup {
  return {
    name: '',
    backend,
    model: '',
    voice: '',
    turns: '',
    silenceMs: '',
    eagerness: '',
    speed: '',
    instructions: '',
  }
}

/** The lanes a comparison is run with, each with a label of its own. Throws what `parseLane` throws. */
export function lanesOf(setups: readonly LaneSetup[]): readonly Lane[] {
  const taken = new Set<string>()
  return setups.map((setup) => {
    const wanted = setup.name === '' ? madeName(setup) : setup.name
    let label = wanted
    for (let count = 2; taken.has(label); count += 1) label = `${wanted}-${count}`
    taken.add(label)
    return parseLane(laneText(setup, label))
  })
}

/** The text of each lane, for the address of the page. */
export function laneTexts(setups: readonly LaneSetup[]): readonly string[] {
  return lanesOf(setups).map(formatLane)
}

/** The setup behind a lane's text; `undefined` for a text that is no lane. */
export function setupOf(text: string): LaneSetup | undefined {
  let lane: Lane
  try {
    lane = parseLane(text)
  } catch {
    return undefined
  }
  const query = new URLSearchParams(text.includes('?') ? text.slice(text.indexOf('?')) : '')
  const of = (key: string): string => query.get(key) ?? ''
  const detector = lane.session.audio?.input?.turn_detection?.type
  const setup: LaneSetup = {
    ...plainLane(lane.backend),
    model: lane.model,
    voice: of('voice'),
    turns: detector ?? '',
    silenceMs: of('silence_ms'),
    eagerness: of('eagerness'),
    speed: of('speed'),
    instructions: of('instructions'),
  }
  const made = madeName(setup)
  const isMade = lane.label === made || new RegExp(`^${made}-\\d$`).test(lane.label)
  return isMade ? setup : { ...setup, name: lane.label }
}

function laneText(setup: LaneSetup, label: string): string {
  const query = new URLSearchParams()
  const put = (key: string, value: string): void => {
    if (value !== '') query.set(key, value)
  }
  put('voice', setup.voice)
  put('speed', setup.speed)
  put('instructions', setup.instructions.trim())
  put('turn_detection', setup.turns)
  if (setup.turns === 'server_vad') put('silence_ms', setup.silenceMs)
  if (setup.turns === 'semantic_vad') put('eagerness', setup.eagerness)
  const model = setup.model === '' ? '' : `/${setup.model.replaceAll(/[%?\s]/g, encodeURIComponent)}`
  return `${label}=${setup.backend}${model}${query.size === 0 ? '' : `?${query}`}`
}

/** What tells this lane from a plain one of its backend, as a label may be written. */
function madeName({ backend, model, voice, turns, silenceMs, eagerness, speed }: LaneSetup): string {
  const parts = [
    backend,
    model,
    voice,
    turns === 'server_vad' && silenceMs !== '' ? `${silenceMs}ms` : '',
    turns === 'semantic_vad' ? `semantic${eagerness === '' ? '' : `-${eagerness}`}` : '',
    speed === '' ? '' : `speed-${speed.replace('.', '_')}`,
  ]
  return parts
    .map((part) => part.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('-')
}
