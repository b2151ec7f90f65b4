import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { preferredType } from './accept.ts';
import { oneOf } from './schemas.ts';

/** The query parameter of calls that answer sentences; spread into their query's schema. */
export const LANGUAGE_QUERY = {
  lang: Type.Optional(oneOf(LANGUAGES, 'The language of sentences; else that of Accept-Language, else ca')),
};

/**
 * The language that a request is answered in: of `lang`, else of Accept-Language (RFC 9110, 12.5.4), else Catalan.
 * The answer says which it is.
 */
export function languageOf(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Language | undefined,
): Language {
  const language = asked ?? preferredLanguage(request.headers['accept-language']);
  void reply.header('content-language', language).header('vary', 'Accept-Language');
  return language;
}

/** The first of our languages that a reader wants most; a region (`es-ES`) counts as its language. */
export function preferredLanguage(accept: string | undefined): Language {
  if (accept === undefined) return 'ca';
  // Media ranges and language ranges have the same weights: `*` stands for any of them.
  const ranges = accept
    .split(',')
    .map((range) =>
      range
        .trim()
        .replace(/^\*/, 'text/*')
        .replace(/^([a-z]+)(-[^;]*)?/i, '$1'),
    )
    .map((range) => (range.startsWith('text/') ? range : `text/${range}`));
  const [ca, es, en] = LANGUAGES;
  const best = preferredType(ranges.join(','), [`text/${ca}`, `text/${es}`, `text/${en}`]);
  return LANGUAGES.find((language) => best === `text/${language}`) ?? 'ca';
}
