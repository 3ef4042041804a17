// The package ships no declarations; these are the parts used here, with the names of picoapi.h.
declare module '@echogarden/svoxpico-wasm' {
  /** One address space with the Pico functions; pointers are addresses, functions return a status (0 = fine). */
  interface PicoModule {
    readonly HEAPU8: Uint8Array
    readonly FS: { writeFile(path: string, data: Uint8Array): void; unlink(path: string): void }
    _malloc(size: number): number
    _free(address: number): void
    _pico_initialize(memory: number, size: number, outSystem: number): number
    _pico_loadResource(system: number, path: number, outResource: number): number
    _pico_getResourceName(system: number, resource: number, outName: number): number
    _pico_createVoiceDefinition(system: number, voiceName: number): number
    _pico_addResourceToVoiceDefinition(system: number, voiceName: number, resourceName: number): number
    _pico_newEngine(system: number, voiceName: number, outEngine: number): number
    _pico_putTextUtf8(engine: number, text: number, size: number, outTaken: number): number
    _pico_getData(engine: number, buffer: number, size: number, outBytes: number, outType: number): number
    _pico_resetEngine(engine: number, mode: number): number
  }
  export default function create(): Promise<PicoModule>
}
