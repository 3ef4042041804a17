/** What a voice says to be judged by, by BCP 47 primary tag. */
const texts: Readonly<Record<string, string>> = {
  ar: 'مرحبا! هكذا يبدو صوتي.',
  cs: 'Dobrý den! Takhle zní můj hlas.',
  da: 'Hej! Sådan lyder min stemme.',
  de: 'Hallo! So klingt meine Stimme.',
  en: 'Hello! This is how my voice sounds.',
  es: '¡Hola! Así suena mi voz.',
  fi: 'Hei! Tältä ääneni kuulostaa.',
  fr: 'Bonjour ! Voici le son de ma voix.',
  hi: 'नमस्ते! मेरी आवाज़ ऐसी है।',
  it: 'Ciao! Questa è la mia voce.',
  ja: 'こんにちは。これが私の声です。',
  ko: '안녕하세요! 제 목소리는 이렇습니다.',
  nb: 'Hei! Slik høres stemmen min ut.',
  nl: 'Hallo! Zo klinkt mijn stem.',
  pl: 'Dzień dobry! Tak brzmi mój głos.',
  pt: 'Olá! É assim que soa a minha voz.',
  ru: 'Здравствуйте! Так звучит мой голос.',
  sv: 'Hej! Så här låter min röst.',
  tr: 'Merhaba! Sesim böyle geliyor.',
  uk: 'Вітаю! Так звучить мій голос.',
  zh: '你好！这是我的声音。',
}

/** A sentence in the first of the languages that has one, otherwise in English. */
export function sampleText(languages: readonly string[]): string {
  const known = languages
    .map((tag) => texts[tag.split('-')[0]?.toLowerCase() ?? ''])
    .find((text) => text !== undefined)
  return known ?? 'Hello! This is how my voice sounds.'
}
