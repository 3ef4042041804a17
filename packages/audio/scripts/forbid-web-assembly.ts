/** What compiles where WebAssembly is forbidden. */
class ForbiddenModule {
  constructor() {
    throw new WebAssembly.CompileError('Compiling WebAssembly is forbidden here.')
  }
}

// As in a page under a content security policy, for tests in Node.
Object.defineProperty(WebAssembly, 'Module', { value: ForbiddenModule })
