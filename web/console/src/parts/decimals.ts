import { negated } from '../ui/format'

// Amounts are texts. Where the console has to add or subtract them, it does so digit by digit.
interface Scaled {
  digits: bigint
  decimals: number
}

function scaled(amount: string): Scaled {
  const [whole = '0', fraction = ''] = amount.split('.')
  return { digits: BigInt(whole.replace('-', '') + fraction) * (amount.startsWith('-') ? -1n : 1n), decimals: fraction.length }
}

const shifted = ({ digits, decimals }: Scaled, to: number): bigint => digits * 10n ** BigInt(to - decimals)

// GIVES: a − b, with the decimals of the one that has more.
export function difference(a: string, b: string): string {
  const [from, less] = [scaled(a), scaled(b)]
  const decimals = Math.max(from.decimals, less.decimals)
  const result = shifted(from, decimals) - shifted(less, decimals)
  const text = (result < 0n ? -result : result).toString().padStart(decimals + 1, '0')
  const whole = text.slice(0, text.length - decimals)
  return `${result < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${text.slice(-decimals)}` : ''}`
}

export const sum = (amounts: string[]): string => amounts.reduce((total, amount) => difference(total, negated(amount)), '0')
