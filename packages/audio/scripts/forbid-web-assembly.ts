/** What compiles where WebAssembly is forbidden. */
class ForbiddenModule {
  constructor() {
    throw refusal()
  }
}

function refusal(): WebAssembly.CompileError {
  return new WebAssembly.CompileError('Compiling WebAssembly is forbidden here.')
}

const refuse = (): Promise<never> => Promise.reject(refusal())

// As in a page under a content security policy, for tests in Node.
Object.assign(WebAssembly, {
  Module: ForbiddenModule,
  compile: refuse,
  compileStreaming: refuse,
  instantiate: refuse,
  instantiateStreaming: refuse,
})
