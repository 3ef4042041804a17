import type { TokenPrices } from '@parley/core'
import type { LaneRun, UsageTotals } from '../run/lane-run.ts'

const million = 1_000_000

/**
 * What a run cost in US dollars by its tokens and the list prices of its model: 0 where the backend is free,
 * `undefined` where the price or the tokens are not known. `textIn` and `audioIn` count cached tokens too, as the
 * wire does; those are paid at their own price, or at the full one where there is none.
 */
export function costOf(run: LaneRun): number | undefined {
  const { price, usage, model } = run
  if (price.kind === 'free') return 0
  if (price.kind === 'unknown' || usage === undefined) return undefined
  const prices = price.byModel[model] ?? price.byModel['*']
  return prices === undefined ? undefined : priceOf(usage, prices)
}

function priceOf(usage: UsageTotals, prices: TokenPrices): number | undefined {
  const parts = [
    part(usage.textIn - usage.textCachedIn, prices.textIn),
    part(usage.textCachedIn, prices.textCachedIn ?? prices.textIn),
    part(usage.audioIn - usage.audioCachedIn, prices.audioIn),
    part(usage.audioCachedIn, prices.audioCachedIn ?? prices.audioIn),
    part(usage.textOut, prices.textOut),
    part(usage.audioOut, prices.audioOut),
  ]
  let sum = 0
  for (const usd of parts) {
    if (usd === undefined) return undefined
    sum += usd
  }
  return sum
}

/** `undefined` for tokens that have no price. */
function part(tokens: number, pricePerMillion: number | undefined): number | undefined {
  if (tokens <= 0) return 0
  return pricePerMillion === undefined ? undefined : (tokens * pricePerMillion) / million
}
