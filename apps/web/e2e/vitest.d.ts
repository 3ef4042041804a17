declare module 'vitest' {
  interface ProvidedContext {
    /** Chromium for the tests, empty without one. */
    readonly browserPath: string
  }
  interface TaskMeta {
    /** What a test measured, for the report. */
    figures?: Readonly<Record<string, number>>
  }
}

export {}
