/** What `generation_config.json` says about decoding, by token number. */
export interface GenerationRules {
  readonly startToken: number
  readonly endToken: number
  readonly transcribeToken: number
  readonly noTimestampsToken: number
  /** Primary tag to token. */
  readonly languages: ReadonlyMap<string, number>
  /** Never allowed. */
  readonly suppressed: readonly number[]
  /** Not allowed as the first token of the text. */
  readonly suppressedFirst: readonly number[]
}

/** Reads and checks a generation config. Throws when a rule is missing. */
export function readGenerationRules(json: string): GenerationRules {
  const config = recordOf(JSON.parse(json), 'The generation config')
  const languages = Object.entries(recordOf(config['lang_to_id'], 'lang_to_id'))
  return {
    startToken: numberOf(config, 'decoder_start_token_id'),
    endToken: numberOf(config, 'eos_token_id'),
    transcribeToken: numberOf(recordOf(config['task_to_id'], 'task_to_id'), 'transcribe'),
    noTimestampsToken: numberOf(config, 'no_timestamps_token_id'),
    languages: new Map(
      languages.flatMap(([tag, id]) => (typeof id === 'number' ? [[tag.replaceAll(/[<|>]/g, ''), id]] : [])),
    ),
    suppressed: numbersOf(config['suppress_tokens']),
    suppressedFirst: numbersOf(config['begin_suppress_tokens']),
  }
}

function recordOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error(`${name} is no JSON object.`)
  return Object.fromEntries(Object.entries(value))
}

function numberOf(record: Record<string, unknown>, name: string): number {
  const value = record[name]
  if (typeof value !== 'number') throw new Error(`The generation config has no ${name}.`)
  return value
}

function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : []
}
