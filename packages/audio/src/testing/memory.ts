interface NodeProcess {
  memoryUsage(): { readonly heapUsed: number; readonly arrayBuffers: number }
  getBuiltinModule(name: 'node:v8'): { setFlagsFromString(flags: string): void }
  getBuiltinModule(name: 'node:vm'): { runInNewContext(code: string): unknown }
}

/** What Node and Chromium have of this; Chromium with `--js-flags=--expose-gc --enable-precise-memory-info`. */
interface Host {
  readonly process?: Partial<NodeProcess>
  readonly gc?: () => void
  readonly performance?: { readonly memory?: { readonly usedJSHeapSize: number } }
}

// Neither host's types fit the other.
const host = globalThis as Host

/** Collects garbage and gives the bytes in use after it. */
function settledMemory(): number {
  const { process, gc } = host
  if (process?.getBuiltinModule) {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
    // The flag puts this function into every new context.
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
    collect()
  } else if (gc) {
    gc()
  } else {
    throw new Error('Nobody collects garbage here on request.')
  }
  return memoryNow()
}

function memoryNow(): number {
  const { process, performance } = host
  if (process?.memoryUsage) {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  if (!performance?.memory) throw new Error('Nobody tells here how much memory is in use.')
  return performance.memory.usedJSHeapSize
}

/**
 * By how many bytes each run of `work` leaves more than the one before it, at least. What is compiled or cached once counts
 * in some runs only; what leaks counts in all of them.
 */
export function growthOf(work: () => void): number {
  work()
  let before = settledMemory()
  let least = Infinity
  for (let run = 0; run < 3; run++) {
    work()
    const after = settledMemory()
    least = Math.min(least, after - before)
    before = after
  }
  return least
}

/** Bytes that a call of `work` allocates at least, whether they live on or not, once it is compiled. */
export function allocationOf(work: () => void): number {
  const calls = 20
  for (let i = 0; i < 2000; i++) work()
  let least = Infinity
  for (let run = 0; run < 20; run++) {
    // So few calls after a collection that none comes in between.
    const before = settledMemory()
    for (let i = 0; i < calls; i++) work()
    least = Math.min(least, (memoryNow() - before) / calls)
  }
  return least
}
