// oxlint-disable-next-line typescript/triple-slash-reference -- an import would be looked for at run time
/// <reference path="./svoxpico-wasm.d.ts" />
import { pcm16ToFloat32 } from '@parley/audio'
import create from '@echogarden/svoxpico-wasm'

/** One loaded voice; speaks one text at a time. */
export interface PicoVoice {
  /** 16 kHz samples, as they are made. Leaving the loop early is fine. */
  speak(markup: string): Generator<Float32Array>
}

/** Status values of picoapi.h. */
const ok = 0
const stepIdle = 200
const stepBusy = 201
/** Working memory of one voice, enough for both resources of the largest language. */
const systemBytes = 2_500_000
const bufferBytes = 4_096
const resourceNameBytes = 32

/** Loads the two data files of a language into their own instance of the engine. Throws when they do not fit it. */
export async function loadPicoVoice(
  textAnalysis: Uint8Array,
  signalGeneration: Uint8Array,
): Promise<PicoVoice> {
  const pico = await create()
  const view = (): DataView => new DataView(pico.HEAPU8.buffer)
  const check = (status: number, step: string): void => {
    if (status !== ok) throw new Error(`Pico could not ${step} (status ${status}).`)
  }
  const allocateText = (text: string): { address: number; size: number } => {
    const bytes = new TextEncoder().encode(`${text}\0`)
    const address = pico._malloc(bytes.length)
    pico.HEAPU8.set(bytes, address)
    return { address, size: bytes.length }
  }
  const out = pico._malloc(8)
  const buffer = pico._malloc(bufferBytes)

  check(pico._pico_initialize(pico._malloc(systemBytes), systemBytes, out), 'start')
  const system = view().getUint32(out, true)
  const voiceName = allocateText('voice').address
  const resourceNames = [textAnalysis, signalGeneration].map((data, index) => {
    const path = `resource${index}.bin`
    pico.FS.writeFile(path, data)
    check(pico._pico_loadResource(system, allocateText(path).address, out), 'read its voice data')
    pico.FS.unlink(path)
    const name = pico._malloc(resourceNameBytes)
    check(pico._pico_getResourceName(system, view().getUint32(out, true), name), 'name its voice data')
    return name
  })
  check(pico._pico_createVoiceDefinition(system, voiceName), 'define a voice')
  for (const name of resourceNames) {
    check(pico._pico_addResourceToVoiceDefinition(system, voiceName, name), 'define a voice')
  }
  check(pico._pico_newEngine(system, voiceName, out), 'make a voice')
  const engine = view().getUint32(out, true)

  function* readSpoken(): Generator<Float32Array> {
    for (;;) {
      const status = pico._pico_getData(engine, buffer, bufferBytes, out, out + 4)
      if (status !== stepIdle && status !== stepBusy)
        throw new Error(`Pico could not speak (status ${status}).`)
      const bytes = view().getInt16(out, true)
      if (bytes > 0) yield pcm16ToFloat32(pico.HEAPU8.subarray(buffer, buffer + bytes))
      if (status === stepIdle) return
    }
  }

  return {
    *speak(markup) {
      const text = allocateText(markup)
      let finished = false
      try {
        // The closing zero byte is part of the text: it makes the engine speak what it holds back.
        for (let taken = 0; taken < text.size;) {
          check(pico._pico_putTextUtf8(engine, text.address + taken, text.size - taken, out), 'take the text')
          taken += view().getInt16(out, true)
          yield* readSpoken()
        }
        finished = true
      } finally {
        pico._free(text.address)
        if (!finished) pico._pico_resetEngine(engine, 0)
      }
    },
  }
}
