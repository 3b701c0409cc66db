// past
