const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** One sentence by one voice, in `language` where the voice speaks several. */
export function toSsml(sentence: {
  readonly voice: string
  readonly text: string
  readonly language: string | undefined
}): string {
  const text = escaped(sentence.text)
  const locale = escaped(sentence.language ?? localeOf(sentence.voice))
  const spoken = sentence.language === undefined ? text : `<lang xml:lang="${locale}">${text}</lang>`
  return (
    '<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" ' +
    `xml:lang="${locale}"><voice name="${escaped(sentence.voice)}">${spoken}</voice></speak>`
  )
}

/** A voice's name begins with its locale: `en-US-AvaNeural`, `zh-CN-liaoning-XiaobeiNeural`. */
function localeOf(voice: string): string {
  return voice.split('-').slice(0, 2).join('-')
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
