import type { Messages } from '../i18n/en.ts'
import type { NamedBackend, Notice } from '../session/notice.ts'

/** A notice in the words of the page. `titleOf` gives a backend the name a person knows it by. */
export function noticeWords(
  notice: Notice,
  words: Messages['session'],
  titleOf: (backend: string) => string,
): string {
  if (notice.kind === 'continued' && notice.unfinished) return `${words.continued} ${words.unfinished}`
  if (notice.kind === 'stoodIn')
    return words.stoodIn(titleOf(notice.from.backend), titleOf(notice.to.backend))
  if (notice.kind === 'switched')
    return words.switched(titleOf(notice.from.backend), titleOf(notice.to.backend))
  if (notice.kind === 'copied') return words.copied[notice.how]
  if (notice.kind !== 'migrated') return words[notice.kind]
  const { reason, from, to, restored } = notice
  const name = ({ backend, model }: NamedBackend): string =>
    model !== undefined && from?.backend === to.backend && from.model !== to.model
      ? `${titleOf(backend)} (${model})`
      : titleOf(backend)
  return [
    from ? words.moved[reason](name(from), name(to)) : words.begun(name(to)),
    // That it knows what was said goes without saying, and an answer that broke off says so itself.
    ...(restored === 'none' ? [words.knowsNothing] : []),
  ].join(' ')
}
