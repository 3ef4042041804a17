import type { ContextOptions } from '@parley/core/context'
import { z } from 'zod'
import { httpUrl, oneOf, wholeNumber } from '../setting-kinds.ts'
import type { Environment } from '../setting-kinds.ts'

/** An OpenAI-compatible chat endpoint. */
export interface ChatEndpoint {
  readonly url: string
  readonly model: string
  readonly key: string | undefined
}

/** What backends are told, by whom it is summarised, and whether facts of people are kept. */
export interface MemorySettings {
  /** Where a session does not say. */
  readonly context: ContextOptions
  /** Writes summaries and reads facts; `undefined` where sentences and patterns have to do. */
  readonly summary: ChatEndpoint | undefined
  /** Facts of people are kept over conversations. */
  readonly people: boolean
}

/** Values of `PARLEY_CONTEXT_STRATEGY`, and of `?context=`. */
export const contextStrategies = ['summary', 'recent', 'full', 'none'] as const

/** Least and most of `PARLEY_CONTEXT_TOKENS`, and of `?context_tokens=`. */
export const contextTokens = { min: 100, max: 1_000_000 } as const

/** Variables of the environment, as a part of its schema. */
export const memoryVariables = {
  PARLEY_CONTEXT_STRATEGY: oneOf(contextStrategies).default('summary'),
  PARLEY_CONTEXT_TOKENS: wholeNumber(contextTokens.min, contextTokens.max).default(8000),
  PARLEY_SUMMARY_URL: httpUrl.optional(),
  PARLEY_SUMMARY_MODEL: z.string().optional(),
  PARLEY_SUMMARY_KEY: z.string().optional(),
  PARLEY_PEOPLE: oneOf(['off', 'on']).default('off'),
}

const variables = z.object(memoryVariables)

/** Rules over more than one variable. */
export function memoryFaults(set: Environment): readonly string[] {
  const faults: string[] = []
  if (set['PARLEY_SUMMARY_URL'] !== undefined && set['PARLEY_SUMMARY_MODEL'] === undefined) {
    faults.push('PARLEY_SUMMARY_MODEL is missing: PARLEY_SUMMARY_URL needs it, for example llama3.2.')
  }
  if (set['PARLEY_SUMMARY_KEY'] !== undefined && set['PARLEY_SUMMARY_URL'] === undefined) {
    faults.push('PARLEY_SUMMARY_URL is missing: PARLEY_SUMMARY_KEY needs it.')
  }
  const hasUrl = set['PARLEY_SUMMARY_URL'] !== undefined || set['PARLEY_LLM_URL'] !== undefined
  if (set['PARLEY_SUMMARY_MODEL'] !== undefined && !hasUrl) {
    faults.push('PARLEY_SUMMARY_URL is missing: PARLEY_SUMMARY_MODEL needs it, or PARLEY_LLM_URL.')
  }
  return faults
}

/** The settings in checked variables. `llm` writes summaries where no endpoint of their own is named. */
export function toMemorySettings(
  settings: z.infer<typeof variables>,
  llm: ChatEndpoint | undefined,
): MemorySettings {
  const {
    PARLEY_SUMMARY_URL: url,
    PARLEY_SUMMARY_MODEL: model = llm?.model,
    PARLEY_SUMMARY_KEY: key,
  } = settings
  // The key of one address is not shown to another.
  const own = url === undefined ? undefined : { url, key }
  const endpoint = own ?? llm
  return {
    context: { strategy: settings.PARLEY_CONTEXT_STRATEGY, budgetTokens: settings.PARLEY_CONTEXT_TOKENS },
    summary:
      endpoint === undefined || model === undefined
        ? undefined
        : { url: endpoint.url, key: endpoint.key, model },
    people: settings.PARLEY_PEOPLE === 'on',
  }
}
