import type { CompareTexts } from '../../i18n/en-compare.ts'
import type { Shortcut } from '../../shell/shortcut.ts'

/** Keys that the timelines of a stage take while they have the focus, for the list of a view's keys. */
export function timelineShortcuts(keys: CompareTexts['keys']): readonly Shortcut[] {
  return [
    { keys: ['space'], does: keys.play },
    { keys: ['A'], does: keys.playAll },
    { keys: ['1 – 4'], does: keys.lane },
    { keys: ['← →'], does: keys.back },
    { keys: ['shift', '← →'], does: keys.fine },
    { keys: ['home'], does: keys.toStart },
    { keys: ['end'], does: keys.toEnd },
    { keys: ['+'], does: keys.zoomIn },
    { keys: ['-'], does: keys.zoomOut },
    { keys: ['0'], does: keys.fit },
  ]
}
