import type { Item } from '../events/items.ts'
import type { ContextReport } from '../events/parley-events.ts'
import { blockOverhead, blockText, factTokens } from './context-block.ts'
import type {
  ContextCapabilities,
  ContextMaterial,
  ContextOptions,
  ContextPlan,
  Fact,
} from './context-plan.ts'
import { extract, shorten } from './extractive-summary.ts'
import type { Extract } from './extractive-summary.ts'
import { itemTokens, wordsOf } from './item-words.ts'
import { estimateTokens } from './tokens.ts'
import { smallestPartsOf, turnsOf } from './turns.ts'

/** Part of a backend's context window that may be told: instructions, tools and the talk to come need the rest. */
const windowShare = 0.5

/** Part of the budget that stands for what is not told word by word. */
const summaryShare = 0.3

/** Part of that for a stored summary, where something was said since. */
const storedShare = 0.6

/** Most tokens of facts, whatever the budget: pinned ones first, the newest of each. */
const maxFactTokens = 4000

/** Id of the item that holds summary and facts. */
export const blockItemId = 'parley_context'

/**
 * What a new upstream session is told: facts always, newest turns word by word as far as the budget goes, older ones
 * as the strategy says. Only facts exceed the budget, and `report.tokens` shows it. Pure.
 */
export function planContext(
  material: ContextMaterial,
  options: ContextOptions,
  capabilities: ContextCapabilities,
): ContextPlan {
  const plan = { material, options, capabilities, limit: limitOf(options, capabilities) }
  if (capabilities.historySeeding === 'none') return written(plan, nothing)
  const facts = factsOf(material)
  const items = capabilities.inputModalities.includes('image')
    ? material.items
    : material.items.flatMap(withoutImages)
  const { strategy } = options
  const room = plan.limit - facts.tokens
  const hasBlock = facts.tokens > 0 || capabilities.historySeeding === 'instructions'
  const recent = strategy === 'none' ? [] : newestWithin(items, hasBlock ? room - blockOverhead : room)
  if (strategy !== 'summary' || recent.length === items.length) {
    return written(plan, { ...nothing, ...facts, recent })
  }
  const shared = room - blockOverhead
  const kept = newestWithin(items, shared * (1 - summaryShare))
  const left = kept.reduce((sum, item) => sum - itemTokens(item), shared)
  const summary = summaryOf(items, items.length - kept.length, { stored: material.summary, room: left })
  return written(plan, { ...nothing, ...facts, ...summary, recent: kept })
}

/** Most tokens for everything. A backend's window counts whatever was asked for. */
export function limitOf(
  { strategy, budgetTokens }: ContextOptions,
  { contextWindowTokens }: Pick<ContextCapabilities, 'contextWindowTokens'>,
): number {
  const window = contextWindowTokens === undefined ? Infinity : Math.floor(contextWindowTokens * windowShare)
  return strategy === 'full' ? window : Math.min(budgetTokens, window)
}

/** Tokens for a summary where facts leave `room` of the limit. */
export function summaryTokens(room: number): number {
  return Math.max(0, Math.floor((room - blockOverhead) * summaryShare * storedShare))
}

/** What was chosen to be told. */
interface Choice {
  readonly pinned: readonly Fact[]
  readonly person: readonly Fact[]
  readonly recent: readonly Item[]
  readonly storedSummary: string
  readonly extracts: readonly Extract[]
  /** Items the summary stands for. */
  readonly summarized: number
  readonly summaryBy: string | null
}

const nothing: Choice = {
  pinned: [],
  person: [],
  recent: [],
  storedSummary: '',
  extracts: [],
  summarized: 0,
  summaryBy: null,
}

/** The facts that are told: the newest where there are too many. */
export function factsOf({ pinned, person }: Pick<ContextMaterial, 'pinned' | 'person'>): {
  readonly pinned: readonly Fact[]
  readonly person: readonly Fact[]
  readonly tokens: number
} {
  let tokens = 0
  const within = (facts: readonly Fact[]): readonly Fact[] =>
    facts
      .toReversed()
      .filter((fact) => {
        const cost = factTokens(fact)
        if (tokens + cost > maxFactTokens) return false
        tokens += cost
        return true
      })
      .toReversed()
  const kept = { pinned: within(pinned), person: within(person) }
  return { ...kept, tokens }
}

/** The newest turns that fit, without a gap; of one turn that does not fit its newest parts. */
function newestWithin(items: readonly Item[], room: number): readonly Item[] {
  const turns = turnsOf(items)
  const kept = countWithin(turns, room)
  if (kept > 0) return turns.slice(turns.length - kept).flat()
  const parts = smallestPartsOf(turns.at(-1) ?? [])
  return parts.slice(parts.length - countWithin(parts, room)).flat()
}

function countWithin(parts: readonly (readonly Item[])[], room: number): number {
  let left = room
  const tooMuch = parts.findLastIndex((part) => {
    left -= part.reduce((sum, item) => sum + itemTokens(item), 0)
    return left < 0
  })
  return parts.length - 1 - tooMuch
}

/** The stored summary and, of what it does not cover yet, the sentences that say most. */
function summaryOf(
  items: readonly Item[],
  olderCount: number,
  { stored, room }: { readonly stored: ContextMaterial['summary']; readonly room: number },
): Pick<Choice, 'storedSummary' | 'extracts' | 'summarized' | 'summaryBy'> {
  const older = items.slice(0, olderCount)
  // It may reach into what is told word by word; of items that are gone it tells nothing that counts.
  const through = items.findIndex(({ id }) => id !== undefined && id === stored?.throughItemId)
  const covered = Math.min(through + 1, older.length)
  const since = older.slice(covered)
  const storedText = covered === 0 ? '' : (stored?.text ?? '')
  const text = shorten(storedText, since.length === 0 ? room : room * storedShare)
  const extracts = extract(text === '' ? older : since, room - estimateTokens(text) - 1)
  const by = [
    ...(stored === undefined || text === '' ? [] : [stored.by]),
    ...(extracts.length > 0 ? ['extractive'] : []),
  ]
  return {
    storedSummary: text,
    extracts,
    summarized: (text === '' ? 0 : covered) + extracts.length,
    summaryBy: by.length === 0 ? null : [...new Set(by)].join(', '),
  }
}

interface Planned {
  readonly material: ContextMaterial
  readonly options: ContextOptions
  readonly capabilities: ContextCapabilities
  readonly limit: number
}

function written({ material, options, capabilities, limit }: Planned, choice: Choice): ContextPlan {
  const { historySeeding } = capabilities
  const inWords = historySeeding === 'instructions'
  const block = blockText({
    ...choice,
    summary: choice.storedSummary,
    extracts: choice.extracts.map(({ speaker, text }) => `${speaker}: ${text}`),
    transcript: inWords ? choice.recent.flatMap(transcriptLine) : [],
  })
  const told = inWords ? [] : choice.recent
  const items = historySeeding === 'items' && block !== undefined ? [blockItem(block), ...told] : told
  const instructions = historySeeding === 'items' ? undefined : block
  const report: ContextReport = {
    strategy: options.strategy,
    way: wayOf(items, instructions),
    budget_tokens: Number.isFinite(limit) ? limit : null,
    tokens: tokensOf(items) + (instructions === undefined ? 0 : estimateTokens(instructions)),
    items: choice.recent.length,
    summarized: choice.summarized,
    left_out: material.items.length - choice.recent.length - choice.summarized,
    summary_by: choice.summaryBy,
    pinned: choice.pinned.length,
    facts: choice.person.length,
    facts_left_out:
      material.pinned.length + material.person.length - choice.pinned.length - choice.person.length,
  }
  return { items, instructions, report }
}

function tokensOf(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + itemTokens(item), 0)
}

function wayOf(items: readonly Item[], instructions: string | undefined): ContextReport['way'] {
  if (instructions === undefined) return items.length === 0 ? 'none' : 'items'
  return items.length === 0 ? 'instructions' : 'both'
}

function blockItem(text: string): Item {
  return { id: blockItemId, type: 'message', role: 'system', content: [{ type: 'input_text', text }] }
}

function transcriptLine(item: Item): readonly string[] {
  const words = wordsOf(item)
  return words === undefined ? [] : [`${words.speaker}: ${words.text}`]
}

/** The item for a backend that cannot see; nothing when it held images only. */
function withoutImages(item: Item): readonly Item[] {
  if (item.type !== 'message' || item.role !== 'user') return [item]
  const content = item.content.filter(({ type }) => type !== 'input_image')
  if (content.length === item.content.length) return [item]
  return content.length === 0 ? [] : [{ ...item, content }]
}
