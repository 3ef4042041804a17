import type { LanguageCapability, VoiceCapability } from '../capabilities.ts'

/** The prebuilt voices. Each speaks every language of the model. The vendor describes them without a gender. */
export const geminiVoices: readonly VoiceCapability[] = [
  'Puck',
  'Zephyr',
  'Charon',
  'Kore',
  'Fenrir',
  'Leda',
  'Orus',
  'Aoede',
  'Callirrhoe',
  'Autonoe',
  'Enceladus',
  'Iapetus',
  'Umbriel',
  'Algieba',
  'Despina',
  'Erinome',
  'Algenib',
  'Rasalgethi',
  'Laomedeia',
  'Achernar',
  'Alnilam',
  'Schedar',
  'Gacrux',
  'Pulcherrima',
  'Achird',
  'Zubenelgenubi',
  'Vindemiatrix',
  'Sadachbia',
  'Sadaltager',
  'Sulafat',
].map((name) => ({ name, languages: [], engine: 'gemini' }))

/** The languages of the Live API by their BCP 47 primary tag. */
export const geminiLanguages: readonly LanguageCapability[] =
  'ar bn de en es fr gu hi id it ja kn ko ml mr nl pl pt ru ta te th tr uk vi'
    .split(' ')
    .map((code) => ({ code, recognition: 'ready', speech: 'ready', downloads: [] }))
