// Who a code is for: a name and a mobile number, as typed, made into what the service takes (E.164 for the number).

export type PersonFault = 'name-missing' | 'name-too-long' | 'mobile-missing' | 'mobile-wrong'

const NAME_LENGTH = 200
/** What people put between the digits of a number. */
const separators = /[\s().\u2010-\u2015-]/g
const e164 = /^\+[1-9]\d{6,14}$/
const indian = /^\+91[6-9]\d{9}$/

/** The name without the space around it, or what is wrong with it. Nothing else is changed: names are people's own. */
export function readName(typed: string): { readonly name: string } | { readonly fault: PersonFault } {
  const name = typed.trim().replace(/\s+/g, ' ')
  if (!/\p{L}/u.test(name) || /[\p{Cc}\p{Cs}\uFFFD]/u.test(name)) return { fault: 'name-missing' }
  return name.length > NAME_LENGTH ? { fault: 'name-too-long' } : { name }
}

/** The number with its country code; ten digits are an Indian one, whether or not a 0 or 91 stands before them. */
export function readMobile(typed: string): { readonly mobile: string } | { readonly fault: PersonFault } {
  const bare = typed.normalize('NFKC').replace(separators, '')
  if (!/\d/.test(bare)) return { fault: 'mobile-missing' }
  const mobile = bare.replace(/^00/, '+').replace(/^(?:0|91)?(?=[6-9]\d{9}$)/, '+91')
  const sound = mobile.startsWith('+91') ? indian.test(mobile) : e164.test(mobile)
  return sound ? { mobile } : { fault: 'mobile-wrong' }
}

/** The digits of an OTP, as typed, pasted ("123 456") or filled in by the phone; nothing unless there are six. */
export function readOtp(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/\D/g, '')
  return digits.length === 6 ? digits : undefined
}
