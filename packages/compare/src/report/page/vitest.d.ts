declare module 'vitest' {
  interface ProvidedContext {
    /** Chromium for the tests, empty without one. */
    readonly browserPath: string
  }
}

export {}
