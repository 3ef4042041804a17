// oxlint-disable-next-line typescript/triple-slash-reference -- an import would be looked for at run time
/// <reference path="./web-assembly.d.ts" />
/** A WASI command that is loaded and waits to be run, once. */
export interface WasiCall {
  /** Runs the command and returns the bytes of the one file it wrote. Throws with what it wrote to stderr. */
  run(args: readonly string[]): Uint8Array<ArrayBuffer>
}

/** Thrown through the WebAssembly frames to end the command, as `proc_exit` must not return. */
class Exit extends Error {
  readonly code: number
  constructor(code: number) {
    super(`exit code ${code}`)
    this.code = code
  }
}

const success = 0
const badDescriptor = 8
const notSeekable = 70
const root = 3
const outputFile = 4

/**
 * Prepares one call of a WASI command that takes arguments, reads nothing and writes one file. Memory of a finished
 * command is not clean, so every call needs its own instance.
 */
export function prepareWasiCall(module: WebAssembly.Module): WasiCall {
  const output = memoryFile()
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  let argumentBytes: readonly Uint8Array[] = []
  let printed = ''

  const view = (): DataView => new DataView(memory.buffer)
  const bytes = (address: number, length: number): Uint8Array =>
    new Uint8Array(memory.buffer, address, length)

  const wasi = {
    args_sizes_get(count: number, size: number): number {
      view().setUint32(count, argumentBytes.length, true)
      view().setUint32(
        size,
        argumentBytes.reduce((sum, item) => sum + item.length, 0),
        true,
      )
      return success
    },
    args_get(pointers: number, buffer: number): number {
      let address = buffer
      argumentBytes.forEach((item, index) => {
        view().setUint32(pointers + 4 * index, address, true)
        bytes(address, item.length).set(item)
        address += item.length
      })
      return success
    },
    clock_time_get(_clock: number, _precision: bigint, time: number): number {
      view().setBigUint64(time, BigInt(Math.round(performance.now() * 1e6)), true)
      return success
    },
    fd_close: (): number => success,
    fd_fdstat_get(descriptor: number, address: number): number {
      bytes(address, 24).fill(0)
      const characterDevice = 2
      const directory = 3
      const regularFile = 4
      view().setUint8(
        address,
        descriptor < root ? characterDevice : descriptor === root ? directory : regularFile,
      )
      // All rights, for the descriptor and for what is opened through it.
      view().setBigUint64(address + 8, 0xffff_ffff_ffff_ffffn, true)
      view().setBigUint64(address + 16, 0xffff_ffff_ffff_ffffn, true)
      return success
    },
    fd_fdstat_set_flags: (): number => success,
    fd_prestat_get(descriptor: number, address: number): number {
      if (descriptor !== root) return badDescriptor
      view().setUint32(address, 0, true)
      view().setUint32(address + 4, 1, true)
      return success
    },
    fd_prestat_dir_name(_descriptor: number, address: number): number {
      bytes(address, 1).set(encoder.encode('/'))
      return success
    },
    fd_read(_descriptor: number, _vectors: number, _count: number, read: number): number {
      view().setUint32(read, 0, true)
      return success
    },
    fd_seek(descriptor: number, offset: bigint, whence: number, position: number): number {
      if (descriptor !== outputFile) return notSeekable
      view().setBigUint64(position, BigInt(output.seek(Number(offset), whence)), true)
      return success
    },
    fd_write(descriptor: number, vectors: number, count: number, written: number): number {
      let total = 0
      for (let index = 0; index < count; index += 1) {
        const chunk = bytes(
          view().getUint32(vectors + 8 * index, true),
          view().getUint32(vectors + 8 * index + 4, true),
        )
        if (descriptor === outputFile) output.write(chunk)
        else printed += decoder.decode(chunk, { stream: true })
        total += chunk.length
      }
      view().setUint32(written, total, true)
      return success
    },
    path_open(...parameters: readonly (number | bigint)[]): number {
      view().setUint32(Number(parameters[8]), outputFile, true)
      return success
    },
    proc_exit(code: number): never {
      throw new Exit(code)
    },
  }
  const { exports } = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi })
  const memory = exportedMemory(exports['memory'])
  const start = exports['_start']
  if (typeof start !== 'function') throw new Error('The module is not a WASI command.')

  return {
    run(args) {
      argumentBytes = args.map((item) => encoder.encode(`${item}\0`))
      try {
        start()
      } catch (error) {
        if (!(error instanceof Exit)) throw error
        if (error.code !== 0) throw new Error(`${error.message}: ${printed.slice(0, 500)}`, { cause: error })
      }
      return output.content()
    },
  }
}

function exportedMemory(value: unknown): WebAssembly.Memory {
  if (!(value instanceof WebAssembly.Memory)) throw new Error('The module exports no memory.')
  return value
}

/** A file in memory that grows as it is written. */
function memoryFile() {
  let data = new Uint8Array(1 << 16)
  let size = 0
  let position = 0
  return {
    seek(offset: number, whence: number): number {
      position = offset + (whence === 1 ? position : whence === 2 ? size : 0)
      return position
    },
    write(chunk: Uint8Array): void {
      if (position + chunk.length > data.length) {
        const grown = new Uint8Array(Math.max(2 * data.length, position + chunk.length))
        grown.set(data)
        data = grown
      }
      data.set(chunk, position)
      position += chunk.length
      size = Math.max(size, position)
    },
    content: (): Uint8Array<ArrayBuffer> => data.slice(0, size),
  }
}
