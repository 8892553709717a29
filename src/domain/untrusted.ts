declare const untrustedBrand: unique symbol;

/**
 * Text that somebody outside could have chosen (role session names, user agents, resource names,
 * error messages). The brand is erased at run time; it stops such text from being put into
 * markup by accident, because only `show` in the Slack layer and `plainText` accept it.
 */
export type Untrusted = string & { readonly [untrustedBrand]: true };

export function untrusted(text: string): Untrusted {
  return text as Untrusted;
}
