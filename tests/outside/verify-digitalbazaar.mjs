// The verifier of Digital Bazaar, as a careful program uses it: issuer, proof, dates, and both bits.
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {documentLoader, judgeAll} from './offline.mjs';

await judgeAll(async (text, {load, issuer}) => {
  const credential = JSON.parse(text);
  if(credential.issuer.id !== issuer) {
    return 'refused: another issuer';
  }
  const result = await vc.verifyCredential({
    credential,
    suite: new DataIntegrityProof({cryptosuite}),
    documentLoader: documentLoader(load),
    checkStatus: options => checkStatus({...options, verifyBitstringStatusListCredential: true}),
  });
  if(!result.verified) {
    return `refused: ${reason(result)}`;
  }
  // `verified` says that the lists are genuine. Whether a bit is set stands here and nowhere else.
  const set = result.statusResult.results.filter(one => one.status);
  return set.length ? `refused: ${set[0].credentialStatus.statusPurpose}` : 'accepted';
});

function reason(result) {
  const error = result.error ?? result.statusResult?.error;
  const causes = [error, error?.cause, ...(error?.errors ?? []), ...(error?.errors ?? []).map(one => one.cause)];
  return causes.filter(Boolean).map(one => one.message).join(' / ');
}
