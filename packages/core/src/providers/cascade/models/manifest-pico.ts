import type { ModelEntry } from './manifest.ts'

/** The revision of the Pico source tree that the hashes below were taken from. */
const revision = '21089d223e177ba3cb7e385db8613a093dff74b5'
const source = `https://github.com/naggety/picotts/tree/${revision}/pico/lang`
const address = `https://raw.githubusercontent.com/naggety/picotts/${revision}/pico/lang`

type FileRow = readonly [path: string, size: number, sha256: string]

function picoModel(language: string, title: string, rows: readonly FileRow[]): ModelEntry {
  return {
    id: `pico-${language.toLowerCase()}`,
    title,
    purpose: 'speech',
    languages: [language.slice(0, 2)],
    licence: 'Apache-2.0',
    source,
    totalBytes: rows.reduce((sum, [, size]) => sum + size, 0),
    files: rows.map(([path, size, sha256]) => ({ path, url: `${address}/${path}`, size, sha256 })),
  }
}

/** Voice data of SVOX Pico as published with its source by Android (Apache-2.0). */
export const picoModels: readonly ModelEntry[] = [
  picoModel('de-DE', 'German voice (Pico)', [
    ['de-DE_ta.bin', 440_732, 'df292826754713d5efb6c95d60582c17753e95856b4c735c3150db722b2c218a'],
    ['de-DE_gl0_sg.bin', 634_996, '39147b816d08bbbe64b23797804cf691a761ab73a7689ca9e2b6f87ace722654'],
  ]),
  picoModel('en-GB', 'British English voice (Pico)', [
    ['en-GB_ta.bin', 412_248, '57998f6423236dea25cd572a73b13f371e64155840e31b571eba7fca0b521b7e'],
    ['en-GB_kh0_sg.bin', 584_436, '8f9f5d13a920a9f3371517178d42ce89b835f1e587760c2db280beb593c388fa'],
  ]),
  picoModel('es-ES', 'Spanish voice (Pico)', [
    ['es-ES_ta.bin', 256_744, 'b18c60baf249466bf8785d333d8cb4cf1f6b62e5545986f621c66568f1851961'],
    ['es-ES_zl0_sg.bin', 605_280, '82e724d3c788767ec95f0d22b0ab738e677ad397f26ec0bbbf2c07aafdf29000'],
  ]),
  picoModel('fr-FR', 'French voice (Pico)', [
    ['fr-FR_ta.bin', 381_936, 'd9da5eb3cd7aac7071ab8ff7fee8d716f58572ee5393c1f0a8db946d6bf32f97'],
    ['fr-FR_nk0_sg.bin', 833_236, '85e2d63cf9f5522ea2a483d25ddd1cb0c6bfeecc39c92884aecfe7d3f179837a'],
  ]),
  picoModel('it-IT', 'Italian voice (Pico)', [
    ['it-IT_ta.bin', 252_044, '9b243c3470660293691d0d4e000901d7c5d0fa71976b33986e92e93a860ade33'],
    ['it-IT_cm0_sg.bin', 628_268, 'c48be4dc1f5a3c77a3dc4c8a457949b69bc433d674fac4fac91d49c01770e7e4'],
  ]),
]
