// What a key would write on a US keyboard, whatever layout this device has. Most scanners are set to one when they leave the
// factory: they send positions of keys, and the device makes letters of them. https://www.w3.org/TR/uievents-code/

/** Stands for a key that writes nothing that is known. */
export const UNKNOWN = '\uFFFD'

/** Without Shift, and with it. */
const positions: Readonly<Record<string, string>> = {
  Backquote: '`~',
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  ',
  NumpadDecimal: '..',
  NumpadSubtract: '--',
  NumpadDivide: '//',
  NumpadAdd: '++',
}
const overDigits = ')!@#$%^&*('

/**
 * @param code where the key is, in the words of `KeyboardEvent.code`; some screen keyboards say nothing of it
 */
export function onUsKeyboard(code: string, shift: boolean): string {
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? []
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const [, digit] = /^Digit(\d)$/.exec(code) ?? []
  if (digit !== undefined) return shift ? (overDigits[Number(digit)] ?? UNKNOWN) : digit
  const [, pad] = /^Numpad(\d)$/.exec(code) ?? []
  return pad ?? positions[code]?.[shift ? 1 : 0] ?? UNKNOWN
}
