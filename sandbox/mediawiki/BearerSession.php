<?php
namespace SpaceSandbox;

use MediaWiki\Request\WebRequest;
use MediaWiki\Session\ImmutableSessionProviderWithCookie;
use MediaWiki\Session\SessionInfo;
use MediaWiki\Session\UserInfo;
use MediaWiki\User\UserIdentityLookup;

/**
 * The session of a request whose bearer token the sign-in gateway has checked.
 *
 * The gateway names the person in `X-Sandbox-User` and proves itself with the key
 * that only it and this wiki know. As in the OAuth extension the session is bound to
 * the token, not to a cookie, and holds on api.php and rest.php only.
 */
class BearerSession extends ImmutableSessionProviderWithCookie {
	public function __construct(
		private readonly UserIdentityLookup $users,
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
		return new SessionInfo( SessionInfo::MAX_PRIORITY, [
			'provider' => $this,
			'id' => $this->hashToSessionId( "$token\n$name", $this->key ),
			'userInfo' => UserInfo::newFromId( $user->getId(), true ),
			'persisted' => false,
			'forceUse' => true,
		] );
	}

	public function safeAgainstCsrf(): bool {
		return true;
	}
}
