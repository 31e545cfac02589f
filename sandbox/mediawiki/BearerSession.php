<?php
namespace SpaceSandbox;

use MediaWiki\Permissions\GrantsInfo;
use MediaWiki\Request\WebRequest;
use MediaWiki\Session\ImmutableSessionProviderWithCookie;
use MediaWiki\Session\SessionBackend;
use MediaWiki\Session\SessionInfo;
use MediaWiki\Session\UserInfo;
use MediaWiki\User\UserIdentityLookup;

/**
 * The session of a request whose token or signature the sign-in gateway has checked.
 *
 * The gateway names the person in `X-Sandbox-User` and proves itself with the key
 * that only it and this wiki know. As in the OAuth extension the session is bound to
 * the token, not to a cookie, and holds on api.php and rest.php only. Where the gateway
 * names grants (`X-Sandbox-Grants`), the rights are those that they allow.
 */
class BearerSession extends ImmutableSessionProviderWithCookie {
	public function __construct(
		private readonly UserIdentityLookup $users,
		private readonly GrantsInfo $grants,
		private readonly string $key,
	) {
		parent::__construct();
	}

	public function provideSessionInfo( WebRequest $request ): ?SessionInfo {
		$key = (string)$request->getHeader( 'X-Sandbox-Key' );
		$name = rawurldecode( (string)$request->getHeader( 'X-Sandbox-User' ) );
		$api = defined( 'MW_API' ) || defined( 'MW_REST_API' );
		if ( !$api || $name === '' || !hash_equals( $this->key, $key ) ) {
			return null;
		}
		$user = $this->users->getUserIdentityByName( $name );
		if ( !$user || !$user->isRegistered() ) {
			return null;
		}
		$token = (string)$request->getHeader( 'X-Sandbox-Session' );
		$grants = array_filter( explode( '|', (string)$request->getHeader( 'X-Sandbox-Grants' ) ) );
		return new SessionInfo( SessionInfo::MAX_PRIORITY, [
			'provider' => $this,
			'id' => $this->hashToSessionId( "$token\n$name", $this->key ),
			'userInfo' => UserInfo::newFromId( $user->getId(), true ),
			'persisted' => false,
			'forceUse' => true,
			'metadata' => [ 'grants' => $grants ],
		] );
	}

	/** @inheritDoc */
	public function getAllowedUserRights( SessionBackend $backend ): ?array {
		$grants = $backend->getProviderMetadata()['grants'] ?? [];
		return $grants ? $this->grants->getGrantRights( $grants ) : null;
	}

	public function safeAgainstCsrf(): bool {
		return true;
	}
}
