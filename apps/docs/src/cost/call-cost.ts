import type { ReferencePrices } from '../reference/reference.ts'

/** A call as a person describes it; shares are from 0 to 1. */
export interface Call {
  readonly minutes: number
  /** Of the time, how much the person speaks. */
  readonly personShare: number
  /** Of the time, how much the backend speaks. */
  readonly backendShare: number
  /** Answers of the backend; each is charged for everything said before it. */
  readonly turns: number
  /** Of what was said before, how much is charged at the cached price. */
  readonly cachedShare: number
}

/** Tokens of a second of sound. */
export interface TokenRates {
  readonly personPerSecond: number
  readonly backendPerSecond: number
}

/** The tokens of a call and their cost in US dollars. */
export interface CallCost {
  readonly personTokens: number
  readonly backendTokens: number
  /** What was said before, summed over all turns. */
  readonly repeatedTokens: number
  /** `undefined` where no price is known for the sound. */
  readonly dollars: number | undefined
}

const perPrice = 1_000_000

/**
 * What the sound of a call costs, if both speak evenly over its turns. Text, images and the context window's end are
 * left out. Without a cached price the repeated tokens cost the full one.
 */
export function callCost(call: Call, rates: TokenRates, prices: ReferencePrices): CallCost {
  const seconds = call.minutes * 60
  const personTokens = seconds * call.personShare * rates.personPerSecond
  const backendTokens = seconds * call.backendShare * rates.backendPerSecond
  const repeatedTokens = ((personTokens + backendTokens) * Math.max(0, call.turns - 1)) / 2
  const tokens = { personTokens, backendTokens, repeatedTokens }
  const { audioIn, audioOut, audioCachedIn = audioIn } = prices
  if (audioIn === undefined || audioOut === undefined || audioCachedIn === undefined) {
    return { ...tokens, dollars: undefined }
  }
  const repeatedPrice = call.cachedShare * audioCachedIn + (1 - call.cachedShare) * audioIn
  const sum = personTokens * audioIn + backendTokens * audioOut + repeatedTokens * repeatedPrice
  return { ...tokens, dollars: sum / perPrice }
}

/** A call with one field changed; both sides together never speak for more than all of the time, so that share ends there. */
export function changedCall(call: Call, key: keyof Call, value: number): Call {
  const others = { personShare: call.backendShare, backendShare: call.personShare }
  const taken = key === 'personShare' || key === 'backendShare' ? others[key] : 0
  // In whole percent, as binary fractions do not add up to 1.
  return { ...call, [key]: taken === 0 ? value : Math.min(value, Math.round((1 - taken) * 100) / 100) }
}

/** Whether both sides speak all the time, so that neither share can grow. */
export function isFull({ personShare, backendShare }: Call): boolean {
  return Math.round((personShare + backendShare) * 100) >= 100
}

/** A typical support call. */
export const typicalCall: Call = {
  minutes: 5,
  personShare: 0.4,
  backendShare: 0.4,
  turns: 20,
  cachedShare: 0.8,
}
