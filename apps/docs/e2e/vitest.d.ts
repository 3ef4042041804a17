declare module 'vitest' {
  interface ProvidedContext {
    readonly browserPath: string
  }
}

export {}
