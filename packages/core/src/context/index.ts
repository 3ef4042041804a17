export type {
  ContextCapabilities,
  ContextMaterial,
  ContextOptions,
  ContextPlan,
  Fact,
} from './context-plan.ts'
export { blockItemId, planContext } from './plan-context.ts'
export { aboutOf, statedFacts } from './stated-facts.ts'
export type { StatedFact } from './stated-facts.ts'
export { mergeFacts } from './merge-facts.ts'
export type { FactChanges } from './merge-facts.ts'
export { rememberedIn, toMaterial } from './material.ts'
export { wordsOf } from './item-words.ts'
export type { Speaker, Words } from './item-words.ts'
export { estimateTokens } from './tokens.ts'
