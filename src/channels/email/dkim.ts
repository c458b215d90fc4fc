/**
 * Header fields that a DKIM signature should cover, for nodemailer's `dkim.headerFieldNames`. Its own list knows
 * `List-Unsubscribe` and not `List-Unsubscribe-Post`, and RFC 8058 asks for both: mail programs show no button else.
 *
 * @example
 * nodemailer.createTransport({
 *   host,
 *   dkim: { domainName: 'acme.example', keySelector: '2026', privateKey, headerFieldNames: dkimFields },
 * });
 */
export const dkimFields =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:' +
  'In-Reply-To:References:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post';
