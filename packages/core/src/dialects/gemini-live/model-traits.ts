/** What models of Gemini Live do differently on the same wire. */
export interface ModelTraits {
  /** `contextUpdate` changes instructions and tools while connected. */
  readonly contextUpdate: boolean
  /** `clientContent` is taken after the first turn; otherwise text goes by `realtimeInput`. */
  readonly laterClientContent: boolean
  /** `historyConfig.initialHistoryInClientContent` hands over history without an answer. */
  readonly initialHistory: boolean
  /** Functions do not block the model unless they are declared to. */
  readonly nonBlockingFunctions: boolean
}

const newest: ModelTraits = {
  contextUpdate: true,
  laterClientContent: true,
  initialHistory: true,
  nonBlockingFunctions: true,
}

const byFamily: readonly (readonly [RegExp, ModelTraits])[] = [
  [
    /^gemini-3\.[0-7]\b/,
    { contextUpdate: false, laterClientContent: false, initialHistory: true, nonBlockingFunctions: false },
  ],
  [
    /^gemini-(?:live-)?[12]\b/,
    { contextUpdate: false, laterClientContent: true, initialHistory: false, nonBlockingFunctions: false },
  ],
]

/** Traits by the model's name, with or without its resource path; an unknown one is taken for the newest. */
export function traitsOf(model: string): ModelTraits {
  const name = model.slice(model.lastIndexOf('/') + 1)
  const traits = byFamily.find(([family]) => family.test(name))?.[1] ?? newest
  // Google Cloud, where a model is named by its project, knows no `behavior` of functions.
  return model.startsWith('projects/') ? { ...traits, nonBlockingFunctions: false } : traits
}
