/** What one piece of SSML says. */
export interface SsmlOptions {
  readonly voice: string
  /** BCP 47 tag to speak in, for a voice that knows several. Default: the one its name begins with. */
  readonly language?: string | undefined
  /** 1 is the voice's own pace, the default. */
  readonly speed?: number
  /** Speaking style of the voice, for example `cheerful`. */
  readonly style?: string | undefined
}

/** SSML 1.0 with Azure's extensions that speaks plain text; whatever the text holds stays text. */
export function toSsml(text: string, { voice, language, speed = 1, style }: SsmlOptions): string {
  const paced = speed === 1 ? escapeXml(text) : `<prosody rate="${speed}">${escapeXml(text)}</prosody>`
  const styled =
    style === undefined ? paced : `<mstts:express-as style="${escapeXml(style)}">${paced}</mstts:express-as>`
  const locale = escapeXml(language ?? localeOf(voice))
  const spoken =
    language === undefined || language === localeOf(voice)
      ? styled
      : `<lang xml:lang="${locale}">${styled}</lang>`
  return (
    '<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" ' +
    `xmlns:mstts="http://www.w3.org/2001/mstts" xml:lang="${locale}">` +
    `<voice name="${escapeXml(voice)}">${spoken}</voice></speak>`
  )
}

/** A voice's name begins with its locale: `en-US-AvaNeural`, `zh-CN-liaoning-XiaobeiNeural`. */
function localeOf(voice: string): string {
  return voice.split('-').slice(0, 2).join('-')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Escapes what is markup, and leaves out what XML 1.0 cannot hold at all (production 2, `Char`). */
function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- the characters XML forbids
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, ' ')
      .replace(/[&<>"']/g, (character) => entities[character] ?? character)
  )
}
